#!/bin/sh
# Starts the time-skipping server on the port $1, from the jars in the folder lib next to this file.
# The SDK ends the server by this script's process id, so java takes the process over (exec).

# If the starter is killed before it can end us, this loop does.
(while kill -0 "$PPID" && kill -0 "$$"; do sleep 1; done; kill "$$") </dev/null >/dev/null 2>&1 &

# What java wrote down of an earlier start makes this one three times as fast.
classes="$(dirname "$0")/classes.jsa"
port="$1"
if [ -f "$classes" ]; then set -- "-XX:SharedArchiveFile=$classes"; else set --; fi

exec java "$@" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$port"
