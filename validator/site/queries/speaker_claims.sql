-- The claims that one agent makes according to the articles, in the order of their ids, after one of them.
SELECT
  'speaker' AS part,
  claims.id,
  claims.number,
  claims.statement,
  claims.kind,
  claims.status,
  attributions.mode,
  attributions.status AS attribution_status,
  attributions.speaker,
  agents.name AS speaker_name
FROM attributions
JOIN claims ON claims.id = attributions.claim AND claims.withdrawn IS NULL
LEFT JOIN agents ON agents.id = attributions.speaker
WHERE attributions.speaker = :id AND attributions.claim > :after
ORDER BY attributions.claim
LIMIT :limit;
