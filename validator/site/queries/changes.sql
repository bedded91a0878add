-- The last verdicts that changed the status of their claim, each with its reasons and who decided it, and what became
-- of the claim: the latest change first, be it the verdict or that the claim was withdrawn. A claim without a verdict is
-- unreviewed. The texts are fetched for the few rows that remain, not for every review.
WITH changes AS (
  SELECT reviews.id, reviews.decided, reviews.as_of, coalesce(earlier.status, 'unreviewed') AS earlier
  FROM reviews
  LEFT JOIN reviews AS earlier ON earlier.claim = reviews.claim AND earlier.number = reviews.number - 1
  WHERE reviews.status <> coalesce(earlier.status, 'unreviewed')
  ORDER BY reviews.decided DESC, reviews.as_of DESC, reviews.claim, reviews.number DESC
  LIMIT :limit
)
SELECT
  reviews.claim,
  reviews.number,
  max(reviews.decided, coalesce(claims.withdrawn, '')) AS changed,
  reviews.as_of,
  reviews.status,
  changes.earlier,
  reviews.rationale,
  reviews.reviewer,
  agents.name AS reviewer_name,
  claims.statement,
  claims.withdrawn,
  claims.withdrawn_reason
FROM changes
JOIN reviews ON reviews.id = changes.id
JOIN claims ON claims.id = reviews.claim
JOIN agents ON agents.id = reviews.reviewer
ORDER BY changed DESC, reviews.as_of DESC, reviews.claim, reviews.number DESC;
