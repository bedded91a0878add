-- Where the words stand in some claims (a JSON array of ids), the excerpt with most of them first. The claims are gone
-- through, and the index is asked for each: the other way round it would be read for every claim that has the words.
WITH places AS (
  SELECT claims.id AS claim, 'statement' AS field, highlight(claims_fts, 0, :open, :close) AS text
  FROM json_each(:claims) AS asked
  CROSS JOIN claims ON claims.id = asked.value
  CROSS JOIN claims_fts ON claims_fts.rowid = claims.rowid
  WHERE claims_fts MATCH :match
  UNION ALL
  SELECT evidence.claim, 'finding', snippet(evidence_fts, 0, :open, :close, '…', 28)
  FROM json_each(:claims) AS asked
  CROSS JOIN evidence ON evidence.claim = asked.value
  CROSS JOIN evidence_fts ON evidence_fts.rowid = evidence.rowid
  WHERE evidence_fts MATCH :match
  UNION ALL
  SELECT reviews.claim, 'rationale', snippet(reviews_fts, 0, :open, :close, '…', 28)
  FROM json_each(:claims) AS asked
  CROSS JOIN reviews ON reviews.claim = asked.value
  CROSS JOIN reviews_fts ON reviews_fts.rowid = reviews.rowid
  WHERE reviews_fts MATCH :match
)
SELECT claim, field, text
FROM places
ORDER BY length(text) - length(replace(text, :open, '')) DESC, length(text);
