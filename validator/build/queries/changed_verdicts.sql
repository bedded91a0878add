-- Verdicts that changed over time
-- Each review whose status differs from that of the review before it.
SELECT claims.id, claims.statement, earlier.status AS earlier, earlier.as_of AS earlier_as_of, reviews.status, reviews.as_of, reviews.rationale
FROM reviews
JOIN reviews AS earlier ON earlier.claim = reviews.claim AND earlier.number = reviews.number - 1
JOIN claims ON claims.id = reviews.claim
WHERE earlier.status <> reviews.status
ORDER BY reviews.claim, reviews.number;
