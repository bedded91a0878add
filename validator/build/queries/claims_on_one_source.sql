-- Claims resting on one source
-- Claims whose current verdict cites evidence from no more than one source.
SELECT claims.id, claims.statement, claims.status, reviews.confidence, sources.id AS source, sources.title, sources.access
FROM claims
JOIN reviews
  ON reviews.claim = claims.id
  AND reviews.number = (SELECT max(number) FROM reviews AS others WHERE others.claim = claims.id)
JOIN review_evidence ON review_evidence.review = reviews.id
JOIN evidence ON evidence.id = review_evidence.evidence
JOIN sources ON sources.id = evidence.source
WHERE claims.withdrawn IS NULL
GROUP BY claims.id
HAVING count(DISTINCT sources.id) = 1
ORDER BY claims.id;
