-- The last verdicts that changed the status of their claim, each with its reasons and who decided it, and what became
-- of the claim: the latest change first, be it the verdict or that the claim was withdrawn. A claim without a verdict is
-- unreviewed.
WITH changes AS MATERIALIZED (
  SELECT claim, number, coalesce(earlier, 'unreviewed') AS earlier
  FROM verdict_changes
  ORDER BY decided DESC, as_of DESC, claim, number DESC
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
CROSS JOIN reviews ON reviews.claim = changes.claim AND reviews.number = changes.number
JOIN claims ON claims.id = reviews.claim
JOIN agents ON agents.id = reviews.reviewer
ORDER BY changed DESC, reviews.as_of DESC, reviews.claim, reviews.number DESC;
