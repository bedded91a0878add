-- The paragraphs of an article: length, what is accounted for, and the stated reasons for text without a claim.
SELECT
  paragraph_coverage.paragraph AS number,
  paragraph_coverage.role,
  paragraph_coverage.characters,
  paragraph_coverage.covered,
  paragraph_coverage.percent,
  paragraph_coverage.claims,
  (
    SELECT json_group_array(DISTINCT exclusions.reason)
    FROM exclusions
    WHERE exclusions.article = paragraph_coverage.article AND exclusions.paragraph = paragraph_coverage.paragraph
  ) AS reasons_json
FROM paragraph_coverage
WHERE paragraph_coverage.article = :id
ORDER BY paragraph_coverage.paragraph;
