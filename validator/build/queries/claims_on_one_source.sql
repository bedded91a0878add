-- Claims resting on one source
-- Claims whose current verdict cites evidence from no more than one source.
SELECT
  claim_overview.id,
  claim_overview.statement,
  claim_overview.status,
  claim_overview.confidence,
  sources.id AS source,
  sources.title,
  sources.access
FROM claim_overview
JOIN sources ON sources.id = (
  SELECT evidence.source
  FROM reviews
  JOIN review_evidence ON review_evidence.review = reviews.id
  JOIN evidence ON evidence.id = review_evidence.evidence
  WHERE reviews.claim = claim_overview.id
  ORDER BY reviews.number DESC
  LIMIT 1
)
WHERE claim_overview.sources = 1 AND claim_overview.withdrawn IS NULL
ORDER BY claim_overview.id;
