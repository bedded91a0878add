-- The claims that one agent makes according to the articles ('speaker'), or passes on ('via').
WITH involved (part, claim) AS (
  SELECT 'speaker', claim FROM attributions WHERE speaker = :id
  UNION ALL
  SELECT 'via', claim FROM attribution_via WHERE agent = :id
)
SELECT
  involved.part,
  claims.id,
  claims.number,
  claims.statement,
  claims.kind,
  claims.status,
  attributions.mode,
  attributions.status AS attribution_status,
  attributions.speaker,
  agents.name AS speaker_name
FROM involved
JOIN claims ON claims.id = involved.claim AND claims.withdrawn IS NULL
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
ORDER BY involved.part, claims.article, claims.number;
