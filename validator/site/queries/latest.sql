-- The verdicts made last that changed the status of their claim, with the status before; the first one changes none.
SELECT
  reviews.claim AS id,
  reviews.decided,
  reviews.as_of,
  reviews.status,
  claims.statement,
  claims.number,
  earlier.status AS earlier
FROM reviews
JOIN claims ON claims.id = reviews.claim AND claims.withdrawn IS NULL
LEFT JOIN reviews AS earlier ON earlier.claim = reviews.claim AND earlier.number = reviews.number - 1
WHERE earlier.status IS NULL OR earlier.status <> reviews.status
ORDER BY reviews.decided DESC, reviews.as_of DESC, claims.article, claims.number, reviews.number DESC
LIMIT :limit;
