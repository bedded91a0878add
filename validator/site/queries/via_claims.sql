-- The claims that one agent passes on, in the order of their ids, after one of them.
SELECT
  'via' AS part,
  claims.id,
  claims.number,
  claims.statement,
  claims.kind,
  claims.status,
  attributions.mode,
  attributions.status AS attribution_status,
  attributions.speaker,
  agents.name AS speaker_name
FROM attribution_via
JOIN claims ON claims.id = attribution_via.claim AND claims.withdrawn IS NULL
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
WHERE attribution_via.agent = :id AND attribution_via.claim > :after
GROUP BY attribution_via.claim
ORDER BY attribution_via.claim
LIMIT :limit;
