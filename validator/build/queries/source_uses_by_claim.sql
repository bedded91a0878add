-- What each source carried
-- Every evidence item of the source that is asked for, with the claim that it bears on. All sources if none is given.
SELECT sources.id AS source, sources.title, evidence.relation, evidence.finding, claims.id AS claim, claims.statement, claims.status
FROM evidence
JOIN sources ON sources.id = evidence.source
JOIN claims ON claims.id = evidence.claim
-- A range, so that the index is used for one source and for all: no letter of an id comes after the tilde.
WHERE evidence.source BETWEEN coalesce(:source, '') AND coalesce(nullif(:source, ''), '~')
ORDER BY evidence.source, evidence.claim, evidence.id;
