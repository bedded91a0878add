-- What each source carried
-- Every evidence item of the source that is asked for, with the claim that it bears on. All sources if none is given.
SELECT sources.id AS source, sources.title, evidence.relation, evidence.finding, claims.id AS claim, claims.statement, claims.status
FROM evidence
JOIN sources ON sources.id = evidence.source
JOIN claims ON claims.id = evidence.claim
WHERE coalesce(:source, '') IN ('', sources.id)
ORDER BY sources.id, claims.id, evidence.id;
