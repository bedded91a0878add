-- The claims that have one tag, in the order of their ids, after one of them.
SELECT
  claims.id,
  claims.number,
  claims.statement,
  claims.kind,
  claims.status,
  attributions.mode,
  attributions.status AS attribution_status,
  attributions.speaker,
  agents.name AS speaker_name
FROM claim_tags
JOIN claims ON claims.id = claim_tags.claim AND claims.withdrawn IS NULL
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
WHERE claim_tags.tag = :id AND claim_tags.claim > :after
ORDER BY claim_tags.claim
LIMIT :limit;
