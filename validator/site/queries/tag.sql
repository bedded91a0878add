-- One tag.
SELECT tags.id, (SELECT count(*) FROM claims WHERE withdrawn IS NULL) AS of_claims FROM tags WHERE tags.id = :id;
