-- The texts of some claims (a JSON array of ids) that are found by their terms, whole.
WITH texts AS (
  SELECT claims.id AS claim, 'statement' AS field, claims.statement AS text, 3 * claims.rowid AS place
  FROM json_each(:claims) AS asked
  CROSS JOIN claims ON claims.id = asked.value
  UNION ALL
  SELECT evidence.claim, 'finding', evidence.finding, 3 * evidence.rowid + 1
  FROM json_each(:claims) AS asked
  CROSS JOIN evidence ON evidence.claim = asked.value
  UNION ALL
  SELECT reviews.claim, 'rationale', reviews.rationale, 3 * reviews.rowid + 2
  FROM json_each(:claims) AS asked
  CROSS JOIN reviews ON reviews.claim = asked.value
)
SELECT texts.claim, texts.field, texts.text
FROM texts
CROSS JOIN terms_fts ON terms_fts.rowid = texts.place
WHERE terms_fts MATCH :folded
ORDER BY texts.place;
