#!/bin/bash
# Runs once, when the database's volume is empty: the owner of the schema is an ordinary role, so that nothing leans on
# the superuser and row-level security binds it too. The password goes over stdin, where `ps` does not show it.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<SQL
create role yoman login createrole password '${YOMAN_DB_PASSWORD//\'/\'\'}';
create database yoman owner yoman;
SQL
