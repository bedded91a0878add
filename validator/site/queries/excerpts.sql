-- Where the words stand in some claims (a JSON array of ids), best excerpt first.
SELECT claims.id AS claim, 'statement' AS field, highlight(claims_fts, 0, :open, :close) AS text, bm25(claims_fts) AS rank
FROM claims_fts
JOIN claims ON claims.rowid = claims_fts.rowid
WHERE claims_fts MATCH :match AND claims.id IN (SELECT value FROM json_each(:claims))
UNION ALL
SELECT evidence.claim, 'finding', snippet(evidence_fts, 0, :open, :close, '…', 28), bm25(evidence_fts)
FROM evidence_fts
JOIN evidence ON evidence.rowid = evidence_fts.rowid
WHERE evidence_fts MATCH :match AND evidence.claim IN (SELECT value FROM json_each(:claims))
UNION ALL
SELECT reviews.claim, 'rationale', snippet(reviews_fts, 0, :open, :close, '…', 28), bm25(reviews_fts)
FROM reviews_fts
JOIN reviews ON reviews.rowid = reviews_fts.rowid
WHERE reviews_fts MATCH :match AND reviews.claim IN (SELECT value FROM json_each(:claims))
ORDER BY rank;
