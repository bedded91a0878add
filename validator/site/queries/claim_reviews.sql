-- The reviews of one claim, oldest first, each with its faults, evidence and searches.
SELECT
  reviews.*,
  agents.name AS reviewer_name,
  agents.type AS reviewer_type,
  agents.wikidata AS reviewer_wikidata,
  (SELECT json_group_array(fault) FROM review_faults WHERE review_faults.review = reviews.id) AS faults_json,
  (
    SELECT json_group_array(listed.evidence)
    FROM (
      SELECT evidence FROM review_evidence
      WHERE review_evidence.review = reviews.id
      ORDER BY length(evidence), evidence
    ) AS listed
  ) AS evidence_json,
  (
    SELECT json_group_array(
      json_object('where', listed."where", 'query', listed.query, 'date', listed.date, 'result', listed.result)
    )
    FROM (
      SELECT * FROM review_searches WHERE review_searches.review = reviews.id ORDER BY position
    ) AS listed
  ) AS searches_json
FROM reviews
JOIN agents ON agents.id = reviews.reviewer
WHERE reviews.claim = :id
ORDER BY reviews.number;
