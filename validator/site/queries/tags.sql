-- The tags, each with how many claims have it, and of how many, in the order of their ids, after one of them.
SELECT
  tags.id,
  (SELECT coalesce(sum(claims), 0) FROM claim_counts WHERE part = 'tag' AND claim_counts.id = tags.id) AS claims,
  (SELECT coalesce(sum(claims), 0) FROM claim_counts WHERE part = 'all' AND claim_counts.id = '') AS of_claims
FROM tags
WHERE tags.id > :after
ORDER BY tags.id
LIMIT :limit;
