#!/bin/sh
# Creates Portage's namespace and the search attributes that its workflows set. Safe to repeat.
set -eu

: "${TEMPORAL_ADDRESS:?host and port of the Temporal server}" "${TEMPORAL_NAMESPACE:?the namespace}"
# How long Temporal keeps ended workflows. Portage's own database is the lasting record.
retention="${TEMPORAL_RETENTION:-720h}"

# Name and type, as in src/workflows/search-attributes.ts.
search_attributes='
ConsentId Keyword
Resource Keyword
AccessType Keyword
ConsentState Keyword
ExportState Keyword
ErrorCode Keyword
ConsentEndsAt Datetime
'

# retry <what> <command …>: a server that has just started, and a namespace that was just made, take a moment.
retry() {
  what=$1
  shift
  attempt=1
  until output=$("$@" 2>&1); do
    if [ "$attempt" -ge 60 ]; then
      echo "$what failed $attempt times; the last time with: $output" >&2
      exit 1
    fi
    attempt=$((attempt + 1))
    sleep 1
  done
}

retry 'Asking Temporal for its health' temporal operator cluster health

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  retry 'Setting the retention' temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
else
  retry 'Creating the namespace' temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
fi
echo "Namespace $TEMPORAL_NAMESPACE keeps ended workflows for $retention."

retry 'Listing the search attributes' temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE"
known=$output
echo "$search_attributes" | while read -r name type; do
  if [ -z "$name" ] || echo "$known" | grep -qw "$name"; then continue; fi
  retry "Creating the search attribute $name" \
    temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$name" --type "$type"
  echo "Search attribute $name ($type) created."
done
