-- One tag.
SELECT tags.id, (SELECT count(*) FROM claims) AS of_claims FROM tags WHERE tags.id = :id;
