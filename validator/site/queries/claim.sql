-- One claim with its article, its attribution and its neighbours in the article.
SELECT
  claims.*,
  statuses.definition,
  articles.headline,
  articles.url AS article_url,
  articles.published,
  articles.language,
  publishers.id AS publisher,
  publishers.name AS publisher_name,
  publishers.type AS publisher_type,
  publishers.wikidata AS publisher_wikidata,
  attributions.mode,
  attributions.stance,
  attributions.said,
  attributions.status AS attribution_status,
  speakers.id AS speaker,
  speakers.name AS speaker_name,
  speakers.type AS speaker_type,
  speakers.wikidata AS speaker_wikidata,
  (
    -- Only where one dated role is known for the day; a date may be a year or a month.
    SELECT CASE count(*) WHEN 1 THEN min(agent_roles.title) END
    FROM agent_roles
    WHERE agent_roles.agent = speakers.id
      AND agent_roles."start" <= coalesce(attributions.said, articles.published)
      AND (
        agent_roles."end" IS NULL
        OR agent_roles."end" >= substr(coalesce(attributions.said, articles.published), 1, length(agent_roles."end"))
      )
  ) AS speaker_title,
  (
    SELECT coalesce(sum(claim_counts.claims), 0) FROM claim_counts
    WHERE claim_counts.part = 'article' AND claim_counts.id = claims.article
  ) AS of_claims,
  (
    SELECT others.id FROM claims AS others
    WHERE others.article = claims.article AND others.number < claims.number
    ORDER BY others.number DESC LIMIT 1
  ) AS previous,
  (
    SELECT others.id FROM claims AS others
    WHERE others.article = claims.article AND others.number > claims.number
    ORDER BY others.number LIMIT 1
  ) AS next,
  (
    SELECT json_group_array(
      json_object(
        'paragraph', listed.paragraph, 'role', listed.role, 'characters', listed.characters,
        'start', listed."start", 'end', listed."end", 'sha256', listed.sha256
      )
    )
    FROM (
      SELECT anchors.*, paragraphs.role, paragraphs.characters
      FROM anchors
      JOIN paragraphs ON paragraphs.article = anchors.article AND paragraphs.number = anchors.paragraph
      WHERE anchors.claim = claims.id
      ORDER BY anchors.position
    ) AS listed
  ) AS anchors_json,
  (
    SELECT json_group_array(json_object('id', listed.id, 'name', listed.name))
    FROM (
      SELECT agents.id, agents.name
      FROM attribution_via
      JOIN agents ON agents.id = attribution_via.agent
      WHERE attribution_via.claim = claims.id
      ORDER BY attribution_via.position
    ) AS listed
  ) AS via_json,
  (
    SELECT json_group_array(listed.tag)
    FROM (SELECT tag FROM claim_tags WHERE claim_tags.claim = claims.id ORDER BY tag) AS listed
  ) AS tags_json
FROM claims
JOIN statuses ON statuses.id = claims.status
JOIN articles ON articles.id = claims.article
JOIN agents AS publishers ON publishers.id = articles.publisher
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents AS speakers ON speakers.id = attributions.speaker
WHERE claims.id = :id;
