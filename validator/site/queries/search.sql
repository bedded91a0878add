-- The claims that match, best first: the best hit in each field counts, and the statement counts double.
WITH hits (claim, field, score) AS MATERIALIZED (
  SELECT claims.id, 'statement', -2.0 * bm25(claims_fts)
  FROM claims_fts
  JOIN claims ON claims.rowid = claims_fts.rowid
  WHERE claims_fts MATCH :match
  UNION ALL
  SELECT evidence.claim, 'finding', -bm25(evidence_fts)
  FROM evidence_fts
  JOIN evidence ON evidence.rowid = evidence_fts.rowid
  WHERE evidence_fts MATCH :match
  UNION ALL
  SELECT reviews.claim, 'rationale', -bm25(reviews_fts)
  FROM reviews_fts
  JOIN reviews ON reviews.rowid = reviews_fts.rowid
  WHERE reviews_fts MATCH :match
),
best AS (
  SELECT claim, field, max(score) AS score FROM hits GROUP BY claim, field
),
ranked AS (
  SELECT best.claim, sum(best.score) AS score, count(*) OVER () AS total
  FROM best
  JOIN claims AS kept ON kept.id = best.claim AND kept.withdrawn IS NULL
  GROUP BY best.claim
)
SELECT
  ranked.total,
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
JOIN claims ON claims.id = ranked.claim
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
ORDER BY ranked.score DESC, claims.id
LIMIT :limit OFFSET :offset;
