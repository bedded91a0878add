-- The paragraphs of the article that one claim stands in, for the map of its place.
SELECT paragraphs.number, paragraphs.role, paragraphs.characters
FROM paragraphs
WHERE paragraphs.article = (SELECT article FROM claims WHERE claims.id = :id)
ORDER BY paragraphs.number;
