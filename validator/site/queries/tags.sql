-- Every tag with how many claims have it, and of how many.
SELECT
  tags.id,
  (SELECT count(*) FROM claim_tags JOIN claims ON claims.id = claim_tags.claim
    WHERE claim_tags.tag = tags.id AND claims.withdrawn IS NULL) AS claims,
  (SELECT count(*) FROM claims WHERE withdrawn IS NULL) AS of_claims
FROM tags
ORDER BY tags.id;
