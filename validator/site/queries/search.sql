-- The claims that match, best first: the best hit in each field counts, and the statement counts double. No more than
-- `most` hits are looked at in each field: of words that stand nearly everywhere, no hit is better than the next. `folded`
-- is the same search in the texts of which there are terms (views.sql).
WITH statements AS MATERIALIZED (
  SELECT rowid AS place, -2.0 * bm25(claims_fts) AS score FROM claims_fts WHERE claims_fts MATCH :match LIMIT :most
),
findings AS MATERIALIZED (
  SELECT rowid AS place, -bm25(evidence_fts) AS score FROM evidence_fts WHERE evidence_fts MATCH :match LIMIT :most
),
rationales AS MATERIALIZED (
  SELECT rowid AS place, -bm25(reviews_fts) AS score FROM reviews_fts WHERE reviews_fts MATCH :match LIMIT :most
),
folded AS MATERIALIZED (
  SELECT rowid AS place, -bm25(terms_fts) AS score FROM terms_fts WHERE terms_fts MATCH :folded LIMIT :most
),
hits (claim, field, score) AS (
  SELECT claims.id, 'statement', statements.score FROM statements CROSS JOIN claims ON claims.rowid = statements.place
  UNION ALL
  SELECT evidence.claim, 'finding', findings.score
  FROM findings
  CROSS JOIN evidence ON evidence.rowid = findings.place
  UNION ALL
  SELECT reviews.claim, 'rationale', rationales.score
  FROM rationales
  CROSS JOIN reviews ON reviews.rowid = rationales.place
  UNION ALL
  SELECT
    CASE folded.place % 3
      WHEN 0 THEN (SELECT claims.id FROM claims WHERE claims.rowid = folded.place / 3)
      WHEN 1 THEN (SELECT evidence.claim FROM evidence WHERE evidence.rowid = folded.place / 3)
      ELSE (SELECT reviews.claim FROM reviews WHERE reviews.rowid = folded.place / 3)
    END,
    CASE folded.place % 3 WHEN 0 THEN 'statement' WHEN 1 THEN 'finding' ELSE 'rationale' END,
    CASE folded.place % 3 WHEN 0 THEN 2 * folded.score ELSE folded.score END
  FROM folded
),
best AS (
  SELECT claim, field, max(score) AS score FROM hits GROUP BY claim, field
),
ranked AS (
  SELECT best.claim, sum(best.score) AS score, count(*) OVER () AS total
  FROM best
  CROSS JOIN claims AS kept ON kept.id = best.claim AND kept.withdrawn IS NULL
  GROUP BY best.claim
)
SELECT
  ranked.total,
  :most IN (
    (SELECT count(*) FROM statements), (SELECT count(*) FROM findings), (SELECT count(*) FROM rationales),
    (SELECT count(*) FROM folded)
  ) AS cut,
  claims.id,
  claims.number,
  claims.statement,
  claims.kind,
  claims.status,
  attributions.mode,
  attributions.status AS attribution_status,
  attributions.speaker,
  agents.name AS speaker_name
FROM ranked
CROSS JOIN claims ON claims.id = ranked.claim
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
ORDER BY ranked.score DESC, claims.id
LIMIT :limit OFFSET :offset;
