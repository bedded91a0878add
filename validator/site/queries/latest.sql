-- The verdicts made last that changed the status of their claim, with the status before; the first one changes none.
SELECT
  verdict_changes.claim AS id,
  verdict_changes.decided,
  verdict_changes.as_of,
  verdict_changes.status,
  claims.statement,
  claims.number,
  verdict_changes.earlier
FROM verdict_changes
JOIN claims ON claims.id = verdict_changes.claim AND claims.withdrawn IS NULL
ORDER BY verdict_changes.decided DESC, verdict_changes.as_of DESC, verdict_changes.claim, verdict_changes.number DESC
LIMIT :limit;
