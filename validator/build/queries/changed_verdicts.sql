-- Verdicts that changed over time
-- Each review whose status differs from that of the review before it.
SELECT
  claims.id,
  claims.statement,
  verdict_changes.earlier,
  earlier.as_of AS earlier_as_of,
  verdict_changes.status,
  verdict_changes.as_of,
  reviews.rationale
FROM verdict_changes
JOIN reviews ON reviews.claim = verdict_changes.claim AND reviews.number = verdict_changes.number
JOIN reviews AS earlier ON earlier.claim = verdict_changes.claim AND earlier.number = verdict_changes.number - 1
JOIN claims ON claims.id = verdict_changes.claim
WHERE verdict_changes.earlier IS NOT NULL
ORDER BY verdict_changes.claim, verdict_changes.number;
