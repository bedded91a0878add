-- The claims of an article in the order of its text, with their anchors, and their status as of a day (null: today).
SELECT
  claims.id,
  claims.number,
  claims.statement,
  claims.kind,
  CASE WHEN :as_of IS NULL THEN claims.status ELSE coalesce(
    (
      SELECT reviews.status FROM reviews
      WHERE reviews.claim = claims.id AND reviews.as_of <= :as_of
      ORDER BY reviews.number DESC LIMIT 1
    ),
    'unreviewed'
  ) END AS status,
  attributions.mode,
  attributions.status AS attribution_status,
  attributions.speaker,
  agents.name AS speaker_name,
  min(printf('%09d:%09d', anchors.paragraph, anchors."start")) AS place,
  json_group_array(
    json_object('paragraph', anchors.paragraph, 'start', anchors."start", 'end', anchors."end")
  ) AS anchors_json
FROM claims
JOIN anchors ON anchors.claim = claims.id
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
WHERE claims.article = :id AND claims.withdrawn IS NULL
GROUP BY claims.id
ORDER BY place, claims.number;
