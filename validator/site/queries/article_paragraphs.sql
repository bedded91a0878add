-- The paragraphs of an article: length, what is accounted for, and the ranges that make no claim, with their reasons.
SELECT
  paragraph_coverage.paragraph AS number,
  paragraph_coverage.role,
  paragraph_coverage.characters,
  paragraph_coverage.covered,
  paragraph_coverage.percent,
  paragraph_coverage.claims,
  (
    SELECT json_group_array(
      json_object('start', exclusions."start", 'end', exclusions."end", 'reason', exclusions.reason)
    )
    FROM exclusions
    WHERE exclusions.article = paragraph_coverage.article AND exclusions.paragraph = paragraph_coverage.paragraph
  ) AS excluded_json
FROM paragraph_coverage
WHERE paragraph_coverage.article = :id
ORDER BY paragraph_coverage.paragraph;
