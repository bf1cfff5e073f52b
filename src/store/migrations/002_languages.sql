-- The languages of a model: codes of ISO 639 as src/record/language.h has them,
-- distinct, sorted bytewise, with one comma between. The card's, else those
-- of the tags; NULL is unknown.
--
-- The rows that are kept tell them: src/store/migrate.c fills the column.
ALTER TABLE model ADD COLUMN languages TEXT;
