-- One tag, and of how many claims its own are.
SELECT
  tags.id,
  (SELECT coalesce(sum(claims), 0) FROM claim_counts WHERE part = 'all' AND claim_counts.id = '') AS of_claims
FROM tags
WHERE tags.id = :id;
