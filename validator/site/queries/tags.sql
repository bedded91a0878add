-- Every tag with how many claims have it, and of how many.
SELECT
  tags.id,
  (SELECT count(*) FROM claim_tags WHERE claim_tags.tag = tags.id) AS claims,
  (SELECT count(*) FROM claims) AS of_claims
FROM tags
ORDER BY tags.id;
