-- The statuses in their order.
SELECT id, definition FROM statuses ORDER BY position;
