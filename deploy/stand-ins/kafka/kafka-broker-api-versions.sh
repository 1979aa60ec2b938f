#!/bin/sh
# Whether the broker takes connections at --bootstrap-server HOST:PORT: its image answers by a program of Kafka's.
exec curl -fsS --connect-timeout 5 "telnet://$2" < /dev/null
