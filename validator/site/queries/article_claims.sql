-- The claims of an article in the order of its text: by where each begins first.
WITH places AS (
  SELECT
    anchors.claim,
    anchors.paragraph,
    anchors."start",
    row_number() OVER (PARTITION BY anchors.claim ORDER BY anchors.paragraph, anchors."start") AS nth,
    (
      SELECT json_group_array(DISTINCT others.paragraph) FROM anchors AS others WHERE others.claim = anchors.claim
    ) AS paragraphs_json
  FROM anchors
  WHERE anchors.article = :id
)
SELECT
  claims.id,
  claims.number,
  claims.statement,
  claims.kind,
  claims.status,
  attributions.mode,
  attributions.status AS attribution_status,
  attributions.speaker,
  agents.name AS speaker_name,
  places.paragraph,
  places.paragraphs_json
FROM claims
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
LEFT JOIN places ON places.claim = claims.id AND places.nth = 1
WHERE claims.article = :id
ORDER BY places.paragraph, places."start", claims.number;
