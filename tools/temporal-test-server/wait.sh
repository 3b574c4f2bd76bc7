#!/bin/sh
# Does nothing until the process that started it ends it, or has ended: the SDK starts a server of its own, and here one
# is running already.
while kill -0 "$PPID" 2>/dev/null; do sleep 1; done
