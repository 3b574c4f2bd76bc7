-- For the container of docker-compose.yml only: the superuser then has no password, so nobody can connect as it over the
-- network. Inside the container, "psql -U postgres portage" needs none.
ALTER ROLE CURRENT_USER PASSWORD NULL;
