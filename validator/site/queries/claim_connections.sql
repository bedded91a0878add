-- The claims that one claim needs, that need it, and that either of the two names as related.
WITH connected (how, id) AS (
  SELECT 'depends_on', depends_on FROM claim_dependencies WHERE claim = :id
  UNION
  SELECT 'dependents', claim FROM claim_dependencies WHERE depends_on = :id
  UNION
  SELECT 'related', related FROM claim_relations WHERE claim = :id
  UNION
  SELECT 'related', claim FROM claim_relations WHERE related = :id
)
SELECT connected.how, claims.id, claims.number, claims.statement, claims.status
FROM connected
JOIN claims ON claims.id = connected.id
ORDER BY connected.how, claims.article, claims.number;
