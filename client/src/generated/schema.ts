// Made from docs/openapi.json by tools/generate-client.mjs. Do not edit.
export interface paths {
    "/v1/connect-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List connect sessions, newest first */
        get: operations["listConnectSessions"];
        put?: never;
        /** Ask for a connect link for one user */
        post: operations["createConnectSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connect-sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a connect session and its state */
        get: operations["getConnectSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connect-sessions/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that the user who came back is the one for whom the session was made
         * @description A repeat gets the same answer. Call it from your server, with the user of your own login.
         */
        post: operations["confirmConnectSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connect-sessions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a connect session, so that its link stops working
         * @description Portage resets the authorization of a grant that awaits its confirmation, and revokes a grant that Google gives later. A repeat changes nothing, and neither does a request for a session that has ended without a consent. After a 503, send the request again.
         */
        post: operations["cancelConnectSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List consents, newest first */
        get: operations["listConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a consent and its exports */
        get: operations["getConsent"];
        put?: never;
        post?: never;
        /**
         * Cancel a consent and delete everything stored of it
         * @description It cannot be undone. It works for a consent that has ended too. A repeat changes nothing.
         */
        delete: operations["deleteConsent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start no new export of a consent
         * @description Exports that have started continue to their end. A repeat changes nothing.
         */
        post: operations["pauseConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start exports again after a pause
         * @description A repeat changes nothing.
         */
        post: operations["resumeConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for an export now, of one resource or of all
         * @description Google’s lock of 24 hours still applies. Nothing is stored of this request: after a 503, send it again. A repeat starts no second export while one runs or is locked.
         */
        post: operations["exportConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop the exports of a consent and end its grant at Google
         * @description It cannot be undone. Stored data stays. A repeat changes nothing, also after the end.
         */
        post: operations["cancelConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream the records that are new or changed since a cursor */
        get: operations["listConsentRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}/records/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the records since a cursor, by resource, kind and day */
        get: operations["countConsentRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List exports, newest first */
        get: operations["listExports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say how an export is */
        get: operations["getExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}/delivery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note that your app has the data of an export
         * @description With `RETENTION_FROM=delivery`, the retention period counts from here. A repeat changes nothing.
         */
        post: operations["confirmDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}/parts/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch the bytes of a part */
        get: operations["getPart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the members of all parts */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}/members/{part}/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch the bytes of one member, unpacked */
        get: operations["getMember"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream all records of one export */
        get: operations["listExportRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}/records/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the records of one export, and name the unreadable entries and files */
        get: operations["getRecordSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read events in order, from a position on
         * @description Store `nextAfter` together with your results of the events, and send it as `after` with the next request: no event is left out, and none comes twice.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the consents of one of your users */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /** End and delete everything of one of your users */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your endpoints, the newest first */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Have your events sent to an address from now on
         * @description A host app may have 20 endpoints.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an endpoint */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Delete an endpoint with its secrets and deliveries
         * @description Events that it has not taken are no longer sent to it. A message that is on its way may still arrive.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change the address or the event types of an endpoint
         * @description The secrets stay. Events that the endpoint has not taken yet go to the new address, except for a message that is on its way. New event types count for events from now on.
         */
        patch: operations["changeWebhookEndpoint"];
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send to an endpoint again
         * @description Events that it has not taken are sent first. A repeat changes nothing.
         */
        post: operations["enableWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send nothing more to an endpoint
         * @description Events that it has not taken are kept. New ones are not: replay sends them later. A repeat changes nothing.
         */
        post: operations["disableWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign with new secrets
         * @description Until the overlap ends, messages have signatures of the present secrets as well.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an event `webhook_endpoint.test` to this endpoint alone */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the deliveries of events to an endpoint, the newest event first */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send events to an endpoint once more, also those that it has taken
         * @description Name one event, a range of time, or the failures. One request sends 10000 events at most: of a longer range none, of failures the oldest ones.
         */
        post: operations["replayWebhookEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys of your app, the newest first, also those that have ended
         * @description Of the keys that have ended, the list has at least the newest 1000.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key of your app
         * @description While 100 keys have neither expired nor been revoked, no more are made here. Send an Idempotency-Key, so that a lost answer with the key is given again.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace an active API key of your app
         * @description The new key has the name, the scopes and the lifetime of the former one, which expires when the overlap ends, and cannot be replaced again. It may be the key of this request: then use an overlap, so that the request can be repeated when its answer is lost.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key of your app at once
         * @description It may be the key of this request, and the last one with the scope admin: then only an operator can make another.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the resources that a connect session may name, by name */
        get: operations["listResources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show whether server and workers can do their work, in words */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Describe this API as an OpenAPI document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** A record */
        "RecordStream.record": {
            key: string;
            resource: string;
            /** @enum {unknown} */
            kind: "activity" | "visit" | "history_entry" | "bookmark" | "reading_list_item" | "dictionary_word" | "extension" | "autofill" | "setting" | "comment" | "live_chat_message" | "subscription" | "channel" | "channel_detail" | "playlist" | "playlist_item" | "video" | "video_detail" | "video_interaction" | "song" | "message" | "post" | "clip" | "wishlist_item" | "playable" | "saved_place" | "labeled_place" | "review" | "review_draft" | "photo" | "app_install" | "library_item" | "purchase" | "play_subscription" | "order" | "play_device" | "redemption" | "promotion" | "play_setting" | "grouping_tag" | "play_points" | "play_points_membership" | "play_review" | "play_entry" | "saved_item" | "discover_follow" | "discover_like" | "discover_not_interested" | "search_comment" | "search_review" | "streaming_provider" | "search_thumb" | "watched_title" | "alert" | "notification_setting" | "notification_subscription" | "product_review" | "merchant_review" | "merchant_order" | "reservation" | "business_message" | "own_map" | "map_feature" | "commute_route" | "commute_setting" | "ev_profile" | "vehicle_profile" | "offering_contribution" | "factual_contribution" | "place_question" | "track_point" | "nest_event" | "file";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: Record<string, unknown>;
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            /** @enum {unknown} */
            state: "new" | "known" | "changed";
        } & (unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown & unknown);
        /** A key that no longer exists */
        "RecordStream.gone": {
            key: string;
            resource: string;
            /** @description The export in which the key is missing */
            exportId: string;
            /**
             * @description `replaced`: Portage also delivers a changed record, which replaces the one with this key
             * @enum {string}
             */
            state: "gone" | "replaced";
        };
        /** The end of an export in the stream of a consent */
        "RecordStream.cursor": {
            /** @description Send it as `since` to get everything that follows */
            cursor: number;
            exportId: string;
            /**
             * @description The data of this export were deleted, so it has no records
             * @constant
             */
            deleted?: true;
        };
        /** The end of a page */
        "RecordStream.next": {
            /** @description Send it unchanged as `after`, with the same request, to get the next page */
            next: string;
        };
        /** The end of a stream that is not complete */
        "RecordStream.error": {
            /** @description The reason why the stream ends here. The lines before it are not complete */
            error: {
                /** @description The address of a page about this code at this server: `/problems/<code>` */
                type: string;
                /** @description The meaning of the code; always the same for a code */
                title: string;
                /** @description The HTTP status */
                status: number;
                /** @description The fault in this case. Names the values that are wrong */
                detail: string;
                /** @description The stable code: one of `src/domain/error-codes.ts` */
                code: string;
                /** @description The remedy, in words */
                remedy: string;
                /**
                 * @description Who the texts are for. Do not show them to users
                 * @constant
                 */
                audience: "host developer";
                /** @description Every wrong value of the request */
                errors?: {
                    /** @description The wrong value in the body, as a JSON Pointer in a URI fragment: `#/resources/0`; `#` is the whole body */
                    pointer?: string;
                    /** @description The name of the wrong parameter or header */
                    parameter?: string;
                    /** @description The fault and its remedy */
                    detail: string;
                    /** @description The wrong value as JSON, cut after 60 characters. Secrets are left out */
                    value?: string;
                }[];
                /** @description The request, as the log of the server names it */
                requestId?: string;
            };
        };
        /** A line of a stream */
        "RecordStream.line": components["schemas"]["RecordStream.record"] | components["schemas"]["RecordStream.gone"] | components["schemas"]["RecordStream.cursor"] | components["schemas"]["RecordStream.next"] | components["schemas"]["RecordStream.error"];
        /** An entry of My Activity */
        "Record.activity": {
            key: string;
            resource: string;
            /** @constant */
            kind: "activity";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description A product or a domain */
                header?: string;
                /** @description A sentence in the language of the account; do not draw conclusions from its words */
                title?: string;
                titleUrl?: string;
                /** @description For YouTube: the channel */
                subtitles?: components["schemas"]["Record.activity"]["$defs"]["__schema0"][];
                description?: string;
                /** @description RFC 3339; in HTML archives the text that Google shows */
                time?: string;
                products?: string[];
                details?: components["schemas"]["Record.activity"]["$defs"]["__schema0"][];
                /** @description The settings because of which Google kept the entry */
                activityControls?: components["schemas"]["Record.activity"]["$defs"]["__schema1"][];
                locationInfos?: ({
                    name?: string;
                    url?: string;
                    source?: string;
                } & {
                    [key: string]: unknown;
                })[];
                /** @description Name of a file in the same folder */
                imageFile?: string;
                audioFiles?: string[];
                attachedFiles?: string[];
                /** @description Only from HTML archives: captions in a language that Portage does not know */
                captions?: components["schemas"]["Record.activity"]["$defs"]["__schema2"][];
                /**
                 * @description Portage derives it from `titleUrl`, when it is certain; not part of the key
                 * @enum {string}
                 */
                verb?: "watched" | "listened" | "searched" | "visited" | "viewed" | "routed";
                /** @description Ids in `titleUrl` and `subtitles`; not part of the key */
                object?: {
                    /** @description 11 characters */
                    videoId?: string;
                    /** @description `UC` and 22 characters */
                    channelId?: string;
                    playlistId?: string;
                    /** @description The id in Google’s Places API */
                    placeId?: string;
                    /** @description The id of a place on Maps: `0x…:0x…` */
                    featureId?: string;
                    /** @description The second number of `featureId`, in decimal digits */
                    cid?: string;
                    /** @description The package name of an Android app */
                    packageName?: string;
                    /** @description The id of a product in Google Shopping */
                    productId?: string;
                    /** @description The text of the search */
                    query?: string;
                    /** @description The address to which a link of Google leads */
                    url?: string;
                } & {
                    [key: string]: unknown;
                };
                /**
                 * @description Present when it is known; not part of the key
                 * @constant
                 */
                isAd?: true;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: {
                    name?: string;
                    url?: string;
                } & {
                    [key: string]: unknown;
                };
                __schema1: string;
                __schema2: {
                    label?: string;
                    lines?: components["schemas"]["Record.activity"]["$defs"]["__schema0"][];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        /** A page that the person visited in Chrome */
        "Record.visit": {
            key: string;
            resource: string;
            /** @constant */
            kind: "visit";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                title?: string;
                url?: string;
                /** @description Microseconds since 1970 */
                time_usec?: components["schemas"]["Record.visit"]["$defs"]["__schema0"] | components["schemas"]["Record.visit"]["$defs"]["__schema1"];
                page_transition?: string;
                page_transition_qualifier?: string;
                client_id?: string;
                /** @description Not part of the key */
                favicon_url?: string;
                ptoken?: unknown;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: number;
                __schema1: string;
            };
        };
        /** Another entry of the history, such as a session */
        "Record.history_entry": {
            key: string;
            resource: string;
            /** @constant */
            kind: "history_entry";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Key of the list that contained the entry, or of the object that is the entry */
                section?: string;
                /** @description The entry’s own fields */
                fields?: {
                    [key: string]: components["schemas"]["Record.history_entry"]["$defs"]["__schema1"];
                };
                /** @description The sentence that Google wrote in place of the entry */
                text?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: unknown;
            };
        };
        /** A bookmark */
        "Record.bookmark": {
            key: string;
            resource: string;
            /** @constant */
            kind: "bookmark";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                title?: string;
                url?: string;
                /** @description As Google wrote it: seconds, milliseconds or microseconds since 1970 */
                addDate?: string;
                /** @description The person’s note about it */
                note?: string;
                /** @description Names of the folders that contain it, the outermost first */
                folder?: components["schemas"]["Record.bookmark"]["$defs"]["__schema0"][];
                /** @description Not part of the key */
                icon?: string;
                /** @description Other attributes of the link */
                attributes?: {
                    [key: string]: components["schemas"]["Record.bookmark"]["$defs"]["__schema2"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
                __schema2: string;
            };
        };
        /** A page on the reading list */
        "Record.reading_list_item": {
            key: string;
            resource: string;
            /** @constant */
            kind: "reading_list_item";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                title?: string;
                url?: string;
                /** @description As Google wrote it: seconds, milliseconds or microseconds since 1970 */
                addDate?: string;
                /** @description The person’s note about it */
                note?: string;
                /** @description Names of the folders that contain it, the outermost first */
                folder?: components["schemas"]["Record.reading_list_item"]["$defs"]["__schema0"][];
                /** @description Not part of the key */
                icon?: string;
                /** @description Other attributes of the link */
                attributes?: {
                    [key: string]: components["schemas"]["Record.reading_list_item"]["$defs"]["__schema2"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
                __schema2: string;
            };
        };
        /** A word that the person added to the spell checker */
        "Record.dictionary_word": {
            key: string;
            resource: string;
            /** @constant */
            kind: "dictionary_word";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Words */
                word?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.dictionary_word"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** An extension */
        "Record.extension": {
            key: string;
            resource: string;
            /** @constant */
            kind: "extension";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                id?: string;
                name?: string;
                version?: string;
                installTime?: string;
                enabled?: unknown;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A value or an address that Chrome enters into forms */
        "Record.autofill": {
            key: string;
            resource: string;
            /** @constant */
            kind: "autofill";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Key of the list that contained the entry, or of the object that is the entry */
                section?: string;
                /** @description The entry’s own fields */
                fields?: {
                    [key: string]: components["schemas"]["Record.autofill"]["$defs"]["__schema1"];
                };
                /** @description The sentence that Google wrote in place of the entry */
                text?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: unknown;
            };
        };
        /** A setting of Chrome */
        "Record.setting": {
            key: string;
            resource: string;
            /** @constant */
            kind: "setting";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Key of the list that contained the entry, or of the object that is the entry */
                section?: string;
                /** @description The entry’s own fields */
                fields?: {
                    [key: string]: components["schemas"]["Record.setting"]["$defs"]["__schema1"];
                };
                /** @description The sentence that Google wrote in place of the entry */
                text?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: unknown;
            };
        };
        /** A comment that the person wrote on YouTube */
        "Record.comment": {
            key: string;
            resource: string;
            /** @constant */
            kind: "comment";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Comment ID */
                commentId?: string;
                /** @description Channel ID */
                channelId?: string;
                /** @description Comment Create Timestamp */
                commentCreateTimestamp?: string;
                /** @description Price */
                price?: string;
                /** @description Currency code */
                currencyCode?: string;
                /** @description Parent Comment ID */
                parentCommentId?: string;
                /** @description Post ID */
                postId?: string;
                /** @description Video ID */
                videoId?: string;
                /** @description Comment Text */
                commentText?: string;
                /** @description Top-Level Comment ID */
                topLevelCommentId?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.comment"]["$defs"]["__schema1"];
                };
                /** @description The words of the comment; `commentText` holds them as JSON in one of two forms, or as plain text */
                text?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A message in a live chat */
        "Record.live_chat_message": {
            key: string;
            resource: string;
            /** @constant */
            kind: "live_chat_message";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Comment ID */
                commentId?: string;
                /** @description Channel ID */
                channelId?: string;
                /** @description Comment Create Timestamp */
                commentCreateTimestamp?: string;
                /** @description Price */
                price?: string;
                /** @description Currency code */
                currencyCode?: string;
                /** @description Parent Comment ID */
                parentCommentId?: string;
                /** @description Post ID */
                postId?: string;
                /** @description Video ID */
                videoId?: string;
                /** @description Comment Text */
                commentText?: string;
                /** @description Top-Level Comment ID */
                topLevelCommentId?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.live_chat_message"]["$defs"]["__schema1"];
                };
                /** @description The words of the comment; `commentText` holds them as JSON in one of two forms, or as plain text */
                text?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A channel to which the person subscribed */
        "Record.subscription": {
            key: string;
            resource: string;
            /** @constant */
            kind: "subscription";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Channel Id */
                channelId?: string;
                /** @description Channel Url */
                channelUrl?: string;
                /** @description Channel Title */
                channelTitle?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.subscription"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A channel that belongs to the person */
        "Record.channel": {
            key: string;
            resource: string;
            /** @constant */
            kind: "channel";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Channel ID */
                channelId?: string;
                /** @description Channel Country */
                channelCountry?: string;
                /** @description Channel Title (Original) */
                channelTitle?: string;
                /** @description Channel Visibility */
                channelVisibility?: string;
                /** @description Channel Description (Original) */
                channelDescription?: string;
                /** @description Channel Tag 1 to n */
                channelTags?: components["schemas"]["Record.channel"]["$defs"]["__schema0"][];
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.channel"]["$defs"]["__schema2"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
                __schema2: string;
            };
        };
        /** More data about a channel, such as page settings, addresses and features */
        "Record.channel_detail": {
            key: string;
            resource: string;
            /** @constant */
            kind: "channel_detail";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The cells as Google wrote them, by header */
                columns: {
                    [key: string]: components["schemas"]["Record.channel_detail"]["$defs"]["__schema1"];
                };
                /** @description Name of the file that holds the table */
                table?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A playlist */
        "Record.playlist": {
            key: string;
            resource: string;
            /** @constant */
            kind: "playlist";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Playlist ID */
                playlistId?: string;
                /** @description Playlist Title (Original) */
                playlistTitle?: string;
                /** @description Playlist Visibility */
                playlistVisibility?: string;
                /** @description Playlist Create Timestamp */
                playlistCreateTimestamp?: string;
                /** @description Playlist Update Timestamp */
                playlistUpdateTimestamp?: string;
                /** @description Playlist Description (Original) */
                playlistDescription?: string;
                /** @description Playlist Title (Original) Language */
                playlistTitleLanguage?: string;
                /** @description Playlist Video Order */
                playlistVideoOrder?: string;
                /** @description Add new videos to top */
                addNewVideosToTop?: string;
                /** @description Playlist Image 1 to n Create Timestamp */
                playlistImageCreateTimestamps?: components["schemas"]["Record.playlist"]["$defs"]["__schema0"][];
                /** @description Playlist Image 1 to n URL */
                playlistImageUrls?: components["schemas"]["Record.playlist"]["$defs"]["__schema1"][];
                /** @description Playlist Image 1 to n Height */
                playlistImageHeights?: components["schemas"]["Record.playlist"]["$defs"]["__schema2"][];
                /** @description Playlist Image 1 to n Width */
                playlistImageWidths?: components["schemas"]["Record.playlist"]["$defs"]["__schema3"][];
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.playlist"]["$defs"]["__schema5"];
                };
                /** @description Only in playlists of the older form */
                channelId?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
                __schema2: string;
                __schema3: string;
                __schema4: string;
                __schema5: string;
            };
        };
        /** A video in a playlist */
        "Record.playlist_item": {
            key: string;
            resource: string;
            /** @constant */
            kind: "playlist_item";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Video ID */
                videoId?: string;
                /** @description Playlist Video Creation Timestamp */
                playlistVideoCreationTimestamp?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.playlist_item"]["$defs"]["__schema1"];
                };
                /** @description Name of the file that holds the list */
                list?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A video that the person uploaded */
        "Record.video": {
            key: string;
            resource: string;
            /** @constant */
            kind: "video";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Video ID */
                videoId?: string;
                /** @description Approx Duration (ms) */
                approxDurationMs?: string;
                /** @description Video Audio Language */
                videoAudioLanguage?: string;
                /** @description Video Category */
                videoCategory?: string;
                /** @description Video Description (Original) */
                videoDescription?: string;
                /** @description Video Description (Original) Language */
                videoDescriptionLanguage?: string;
                /** @description Channel ID */
                channelId?: string;
                /** @description Tag 1 to n */
                tags?: components["schemas"]["Record.video"]["$defs"]["__schema0"][];
                /** @description Video Title (Original) */
                videoTitle?: string;
                /** @description Video Title (Original) Language */
                videoTitleLanguage?: string;
                /** @description Thumbnail URL */
                thumbnailUrl?: string;
                /** @description Privacy */
                privacy?: string;
                /** @description Video State */
                videoState?: string;
                /** @description Video Create Timestamp */
                videoCreateTimestamp?: string;
                /** @description Video Publish Timestamp */
                videoPublishTimestamp?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.video"]["$defs"]["__schema2"];
                };
                /** @description The members with the original media, found by their titles; not part of the key */
                media?: {
                    files: components["schemas"]["Record.video"]["$defs"]["__schema3"];
                    ambiguous: components["schemas"]["Record.video"]["$defs"]["__schema4"];
                } & {
                    [key: string]: components["schemas"]["Record.video"]["$defs"]["__schema5"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
                __schema2: string;
                __schema3: ({
                    part: number;
                    entry: number;
                    bytes: number;
                } & {
                    [key: string]: unknown;
                })[];
                /** @description Several videos or files have the same name */
                __schema4: boolean;
                __schema5: unknown;
            };
        };
        /** More data about a video, such as texts and the place of recording */
        "Record.video_detail": {
            key: string;
            resource: string;
            /** @constant */
            kind: "video_detail";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The cells as Google wrote them, by header */
                columns: {
                    [key: string]: components["schemas"]["Record.video_detail"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A sticker or a card in a video, such as the mention of a channel */
        "Record.video_interaction": {
            key: string;
            resource: string;
            /** @constant */
            kind: "video_interaction";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The cells as Google wrote them, by header */
                columns: {
                    [key: string]: components["schemas"]["Record.video_interaction"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A song in the music library, or one that the person uploaded, which has no `videoId` */
        "Record.song": {
            key: string;
            resource: string;
            /** @constant */
            kind: "song";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Video ID */
                videoId?: string;
                /** @description Song Title */
                songTitle?: string;
                /** @description Album Title */
                albumTitle?: string;
                /** @description Artist Name 1 to n */
                artistNames?: components["schemas"]["Record.song"]["$defs"]["__schema0"][];
                /** @description Duration (Seconds) */
                durationSeconds?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.song"]["$defs"]["__schema2"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
                __schema2: string;
            };
        };
        /** A message on YouTube */
        "Record.message": {
            key: string;
            resource: string;
            /** @constant */
            kind: "message";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The cells as Google wrote them, by header */
                columns: {
                    [key: string]: components["schemas"]["Record.message"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A post on YouTube */
        "Record.post": {
            key: string;
            resource: string;
            /** @constant */
            kind: "post";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The cells as Google wrote them, by header */
                columns: {
                    [key: string]: components["schemas"]["Record.post"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A clip of a video */
        "Record.clip": {
            key: string;
            resource: string;
            /** @constant */
            kind: "clip";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The cells as Google wrote them, by header */
                columns: {
                    [key: string]: components["schemas"]["Record.clip"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** An item of YouTube shopping */
        "Record.wishlist_item": {
            key: string;
            resource: string;
            /** @constant */
            kind: "wishlist_item";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The cells as Google wrote them, by header */
                columns: {
                    [key: string]: components["schemas"]["Record.wishlist_item"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** The progress of the person in a playable (a game on YouTube) */
        "Record.playable": {
            key: string;
            resource: string;
            /** @constant */
            kind: "playable";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The cells as Google wrote them, by header */
                columns: {
                    [key: string]: components["schemas"]["Record.playable"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A starred place */
        "Record.saved_place": {
            key: string;
            resource: string;
            /** @constant */
            kind: "saved_place";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                type?: string;
                /** @description `null` when Google wrote [0, 0], which means that the place is not known */
                geometry?: components["schemas"]["Record.saved_place"]["$defs"]["__schema0"] | null;
                /** @description The geometry that Google wrote, when `geometry` differs from it */
                writtenGeometry?: unknown;
                properties?: {
                    date?: string;
                    google_maps_url?: string;
                    location?: {
                        name?: string;
                        address?: string;
                        country_code?: string;
                    } & {
                        [key: string]: unknown;
                    };
                    Comment?: string;
                } & {
                    [key: string]: unknown;
                };
                /** @description Ids in `properties.google_maps_url`; not part of the key */
                object?: {
                    /** @description 11 characters */
                    videoId?: string;
                    /** @description `UC` and 22 characters */
                    channelId?: string;
                    playlistId?: string;
                    /** @description The id in Google’s Places API */
                    placeId?: string;
                    /** @description The id of a place on Maps: `0x…:0x…` */
                    featureId?: string;
                    /** @description The second number of `featureId`, in decimal digits */
                    cid?: string;
                    /** @description The package name of an Android app */
                    packageName?: string;
                    /** @description The id of a product in Google Shopping */
                    productId?: string;
                    /** @description The text of the search */
                    query?: string;
                    /** @description The address to which a link of Google leads */
                    url?: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: {
                    type?: string;
                    coordinates?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        /** A place to which the person gave a label */
        "Record.labeled_place": {
            key: string;
            resource: string;
            /** @constant */
            kind: "labeled_place";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                type?: string;
                /** @description `null` when Google wrote [0, 0], which means that the place is not known */
                geometry?: components["schemas"]["Record.labeled_place"]["$defs"]["__schema0"] | null;
                /** @description The geometry that Google wrote, when `geometry` differs from it */
                writtenGeometry?: unknown;
                properties?: {
                    name?: string;
                    address?: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: {
                    type?: string;
                    coordinates?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        /** A review of a place */
        "Record.review": {
            key: string;
            resource: string;
            /** @constant */
            kind: "review";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                type?: string;
                /** @description `null` when Google wrote [0, 0], which means that the place is not known */
                geometry?: components["schemas"]["Record.review"]["$defs"]["__schema0"] | null;
                /** @description The geometry that Google wrote, when `geometry` differs from it */
                writtenGeometry?: unknown;
                properties?: {
                    date?: string;
                    google_maps_url?: string;
                    five_star_rating_published?: unknown;
                    review_text_published?: string;
                    location?: {
                        name?: string;
                        address?: string;
                        country_code?: string;
                    } & {
                        [key: string]: unknown;
                    };
                    questions?: ({
                        question?: string;
                        rating?: unknown;
                        selected_option?: string;
                    } & {
                        [key: string]: unknown;
                    })[];
                } & {
                    [key: string]: unknown;
                };
                /** @description Ids in `properties.google_maps_url`; not part of the key */
                object?: {
                    /** @description 11 characters */
                    videoId?: string;
                    /** @description `UC` and 22 characters */
                    channelId?: string;
                    playlistId?: string;
                    /** @description The id in Google’s Places API */
                    placeId?: string;
                    /** @description The id of a place on Maps: `0x…:0x…` */
                    featureId?: string;
                    /** @description The second number of `featureId`, in decimal digits */
                    cid?: string;
                    /** @description The package name of an Android app */
                    packageName?: string;
                    /** @description The id of a product in Google Shopping */
                    productId?: string;
                    /** @description The text of the search */
                    query?: string;
                    /** @description The address to which a link of Google leads */
                    url?: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: {
                    type?: string;
                    coordinates?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        /** A review of a place that the person has not published */
        "Record.review_draft": {
            key: string;
            resource: string;
            /** @constant */
            kind: "review_draft";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                type?: string;
                /** @description `null` when Google wrote [0, 0], which means that the place is not known */
                geometry?: components["schemas"]["Record.review_draft"]["$defs"]["__schema0"] | null;
                /** @description The geometry that Google wrote, when `geometry` differs from it */
                writtenGeometry?: unknown;
                properties?: {
                    date?: string;
                    google_maps_url?: string;
                    five_star_rating_draft?: unknown;
                    review_text_draft?: string;
                    location?: {
                        name?: string;
                        address?: string;
                        country_code?: string;
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                };
                /** @description Ids in `properties.google_maps_url`; not part of the key */
                object?: {
                    /** @description 11 characters */
                    videoId?: string;
                    /** @description `UC` and 22 characters */
                    channelId?: string;
                    playlistId?: string;
                    /** @description The id in Google’s Places API */
                    placeId?: string;
                    /** @description The id of a place on Maps: `0x…:0x…` */
                    featureId?: string;
                    /** @description The second number of `featureId`, in decimal digits */
                    cid?: string;
                    /** @description The package name of an Android app */
                    packageName?: string;
                    /** @description The id of a product in Google Shopping */
                    productId?: string;
                    /** @description The text of the search */
                    query?: string;
                    /** @description The address to which a link of Google leads */
                    url?: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: {
                    type?: string;
                    coordinates?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        /** A photo or video that the person posted on Maps */
        "Record.photo": {
            key: string;
            resource: string;
            /** @constant */
            kind: "photo";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                title?: string;
                description?: string;
                creationTime?: unknown;
                photoTakenTime?: unknown;
                geoDataExif?: unknown;
                url?: string;
                /** @description The member that holds the photo or video; not part of the key */
                media?: {
                    part: components["schemas"]["Record.photo"]["$defs"]["__schema0"];
                    entry: components["schemas"]["Record.photo"]["$defs"]["__schema1"];
                    bytes: components["schemas"]["Record.photo"]["$defs"]["__schema2"];
                } & {
                    [key: string]: components["schemas"]["Record.photo"]["$defs"]["__schema3"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: number;
                __schema1: number;
                __schema2: number;
                __schema3: unknown;
            };
        };
        /** An app that was installed on a device */
        "Record.app_install": {
            key: string;
            resource: string;
            /** @constant */
            kind: "app_install";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                doc?: {
                    documentType?: string;
                    title?: string;
                } & {
                    [key: string]: unknown;
                };
                firstInstallationTime?: string;
                lastUpdateTime?: string;
                deviceAttribute?: {
                    model?: string;
                    carrier?: string;
                    manufacturer?: string;
                    deviceDisplayName?: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** An item of the Play library */
        "Record.library_item": {
            key: string;
            resource: string;
            /** @constant */
            kind: "library_item";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                doc?: {
                    documentType?: string;
                    title?: string;
                } & {
                    [key: string]: unknown;
                };
                acquisitionTime?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A purchase */
        "Record.purchase": {
            key: string;
            resource: string;
            /** @constant */
            kind: "purchase";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                doc?: {
                    documentType?: string;
                    title?: string;
                } & {
                    [key: string]: unknown;
                };
                purchaseTime?: string;
                /** @description The text that Google shows, with the currency; not a number */
                invoicePrice?: string;
                paymentMethodTitle?: string;
                purchaserName?: string;
                purchaseState?: string;
                userLanguageCode?: string;
                userCountry?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A paid subscription */
        "Record.play_subscription": {
            key: string;
            resource: string;
            /** @constant */
            kind: "play_subscription";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                doc?: {
                    documentType?: string;
                    title?: string;
                } & {
                    [key: string]: unknown;
                };
                renewalDate?: string;
                pricing?: unknown;
                state?: string;
                userChangeRecord?: unknown;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** An order */
        "Record.order": {
            key: string;
            resource: string;
            /** @constant */
            kind: "order";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A device */
        "Record.play_device": {
            key: string;
            resource: string;
            /** @constant */
            kind: "play_device";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A code that the person redeemed or tried to redeem */
        "Record.redemption": {
            key: string;
            resource: string;
            /** @constant */
            kind: "redemption";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description What the person got; absent when it was money */
                acquisition?: unknown;
                device?: unknown;
                /** @description Country of the Play account */
                userCountry?: string;
                ipCountry?: string;
                billingCountry?: string;
                status?: string;
                /** @description The time of the last change */
                redemptionChangeTime?: string;
                /** @description The text that Google shows, such as `10.00 USD` */
                formattedMoney?: string;
                moneyExpiredTime?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A promotion */
        "Record.promotion": {
            key: string;
            resource: string;
            /** @constant */
            kind: "promotion";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A setting of Play */
        "Record.play_setting": {
            key: string;
            resource: string;
            /** @constant */
            kind: "play_setting";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A grouping tag */
        "Record.grouping_tag": {
            key: string;
            resource: string;
            /** @constant */
            kind: "grouping_tag";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** Play Points that the person gained or spent */
        "Record.play_points": {
            key: string;
            resource: string;
            /** @constant */
            kind: "play_points";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** The membership in Play Points */
        "Record.play_points_membership": {
            key: string;
            resource: string;
            /** @constant */
            kind: "play_points_membership";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A review of an app */
        "Record.play_review": {
            key: string;
            resource: string;
            /** @constant */
            kind: "play_review";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** An entry of Play whose wrapper is not known */
        "Record.play_entry": {
            key: string;
            resource: string;
            /** @constant */
            kind: "play_entry";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** An item of a saved list */
        "Record.saved_item": {
            key: string;
            resource: string;
            /** @constant */
            kind: "saved_item";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Title */
                title?: string;
                /** @description Note */
                note?: string;
                /** @description URL */
                url?: string;
                /** @description Tags */
                tags?: string;
                /** @description Comment */
                comment?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.saved_item"]["$defs"]["__schema1"];
                };
                /** @description Name of the file; it is the name that the person gave the list */
                list?: string;
                /** @description The lines above the header row; not part of the key */
                listDescription?: string;
                /** @description Ids in `url`; not part of the key */
                object?: {
                    /** @description 11 characters */
                    videoId?: string;
                    /** @description `UC` and 22 characters */
                    channelId?: string;
                    playlistId?: string;
                    /** @description The id in Google’s Places API */
                    placeId?: string;
                    /** @description The id of a place on Maps: `0x…:0x…` */
                    featureId?: string;
                    /** @description The second number of `featureId`, in decimal digits */
                    cid?: string;
                    /** @description The package name of an Android app */
                    packageName?: string;
                    /** @description The id of a product in Google Shopping */
                    productId?: string;
                    /** @description The text of the search */
                    query?: string;
                    /** @description The address to which a link of Google leads */
                    url?: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** Something that the person follows in Discover */
        "Record.discover_follow": {
            key: string;
            resource: string;
            /** @constant */
            kind: "discover_follow";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The cells as Google wrote them, by header */
                columns: {
                    [key: string]: components["schemas"]["Record.discover_follow"]["$defs"]["__schema1"];
                };
                /** @description Name of the site or of the search; from `columns` */
                followedEntity?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** Something that the person liked in Discover */
        "Record.discover_like": {
            key: string;
            resource: string;
            /** @constant */
            kind: "discover_like";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The cells as Google wrote them, by header */
                columns: {
                    [key: string]: components["schemas"]["Record.discover_like"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** Something that the person hid, blocked or does not prefer in Discover */
        "Record.discover_not_interested": {
            key: string;
            resource: string;
            /** @constant */
            kind: "discover_not_interested";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The cells as Google wrote them, by header */
                columns: {
                    [key: string]: components["schemas"]["Record.discover_not_interested"]["$defs"]["__schema1"];
                };
                /** @description A topic, source, publisher or language; from `columns` */
                entityName?: string;
                /** @description `not_interested`, `blocked`, `not_preferred`; from `columns` */
                settingValue?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A comment in Search */
        "Record.search_comment": {
            key: string;
            resource: string;
            /** @constant */
            kind: "search_comment";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                "Search Query"?: string;
                Published?: string;
                Updated?: string;
                /** @description The text of the review */
                "Review Comment"?: string;
                /** @description The text that Google shows, such as `Five stars` */
                "Review Star Rating"?: string;
                /** @description `Review Star Rating` as a number, when it is written in English; not part of the key */
                stars?: number;
                "Thumbs Rating"?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A review, or only stars, in Search */
        "Record.search_review": {
            key: string;
            resource: string;
            /** @constant */
            kind: "search_review";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                "Search Query"?: string;
                Published?: string;
                Updated?: string;
                /** @description The text of the review */
                "Review Comment"?: string;
                /** @description The text that Google shows, such as `Five stars` */
                "Review Star Rating"?: string;
                /** @description `Review Star Rating` as a number, when it is written in English; not part of the key */
                stars?: number;
                "Thumbs Rating"?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A streaming provider that the person chose in Search */
        "Record.streaming_provider": {
            key: string;
            resource: string;
            /** @constant */
            kind: "streaming_provider";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                "Search Query"?: string;
                Published?: string;
                Updated?: string;
                /** @description The text of the review */
                "Review Comment"?: string;
                /** @description The text that Google shows, such as `Five stars` */
                "Review Star Rating"?: string;
                /** @description `Review Star Rating` as a number, when it is written in English; not part of the key */
                stars?: number;
                "Thumbs Rating"?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A rating in Search with a thumb up or down */
        "Record.search_thumb": {
            key: string;
            resource: string;
            /** @constant */
            kind: "search_thumb";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                "Search Query"?: string;
                Published?: string;
                Updated?: string;
                /** @description The text of the review */
                "Review Comment"?: string;
                /** @description The text that Google shows, such as `Five stars` */
                "Review Star Rating"?: string;
                /** @description `Review Star Rating` as a number, when it is written in English; not part of the key */
                stars?: number;
                "Thumbs Rating"?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A title that the person marked as watched in Search */
        "Record.watched_title": {
            key: string;
            resource: string;
            /** @constant */
            kind: "watched_title";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                "Search Query"?: string;
                Published?: string;
                Updated?: string;
                /** @description The text of the review */
                "Review Comment"?: string;
                /** @description The text that Google shows, such as `Five stars` */
                "Review Star Rating"?: string;
                /** @description `Review Star Rating` as a number, when it is written in English; not part of the key */
                stars?: number;
                "Thumbs Rating"?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A Google Alert */
        "Record.alert": {
            key: string;
            resource: string;
            /** @constant */
            kind: "alert";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                query?: string;
                /** @description ISO 639-1 */
                language?: string;
                /** @description ISO 3166-1 */
                country?: string;
                apply_language_restrict?: boolean;
                apply_region_restrict?: boolean;
                /** @description `NEWS`, `WEB` */
                source?: components["schemas"]["Record.alert"]["$defs"]["__schema0"][];
                /** @description `LOW`, `HIGH` */
                quality?: components["schemas"]["Record.alert"]["$defs"]["__schema1"][];
                /** @description `EMAIL`, `RSS` */
                delivery_method?: string;
                /** @description `HOURLY`, `DAILY`, `WEEKLY`; only with `EMAIL` */
                delivery_frequency?: string;
                /** @description Time of day and day of the week; Google does not describe its form */
                delivery_time?: unknown;
                email_address?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** The notification settings of the account, a device or a channel */
        "Record.notification_setting": {
            key: string;
            resource: string;
            /** @constant */
            kind: "notification_setting";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Scope Identifier */
                scopeIdentifier?: string;
                /** @description Opt In State */
                optInState?: string;
                /** @description Channel Importance */
                channelImportance?: string;
                /** @description Badge */
                badge?: string;
                /** @description Sound */
                sound?: string;
                /** @description Alerts */
                alerts?: string;
                /** @description Critical Alerts */
                criticalAlerts?: string;
                /** @description Time Sensitive */
                timeSensitive?: string;
                /** @description Notification Center */
                notificationCenter?: string;
                /** @description Displayed on Lock Screen */
                displayedOnLockScreen?: string;
                /** @description Accepts Scheduled Delivery */
                acceptsScheduledDelivery?: string;
                /** @description Live Activities */
                liveActivities?: string;
                /** @description Location Use Allowed */
                locationUseAllowed?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.notification_setting"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A topic about which Search sends notifications */
        "Record.notification_subscription": {
            key: string;
            resource: string;
            /** @constant */
            kind: "notification_subscription";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Subscription Identifier */
                subscriptionIdentifier?: string;
                /** @description Subscription State */
                subscriptionState?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.notification_subscription"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A review of a product in Google Shopping; the product is not named */
        "Record.product_review": {
            key: string;
            resource: string;
            /** @constant */
            kind: "product_review";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description creation_time */
                creationTime?: string;
                /** @description comment */
                comment?: string;
                /** @description rating */
                rating?: string;
                /** @description title */
                title?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.product_review"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** A review of a merchant in Google Shopping; the merchant is not named */
        "Record.merchant_review": {
            key: string;
            resource: string;
            /** @constant */
            kind: "merchant_review";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description creation_time */
                creationTime?: string;
                /** @description comment */
                comment?: string;
                /** @description rating */
                rating?: string;
                /** @description The columns whose headers Portage does not know, by header */
                otherColumns?: {
                    [key: string]: components["schemas"]["Record.merchant_review"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
            };
        };
        /** An order that the person placed at a merchant through Google; it contains data of the recipient */
        "Record.merchant_order": {
            key: string;
            resource: string;
            /** @constant */
            kind: "merchant_order";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                customer?: {
                    email?: string;
                } & {
                    [key: string]: unknown;
                };
                /** @description The id that the merchant gave the order */
                merchantOrderId?: string;
                creationTime?: {
                    /** @description Microseconds since 1970, as text */
                    usecSinceEpochUtc?: string;
                    granularity?: string;
                } & {
                    [key: string]: unknown;
                };
                orderStatus?: {
                    status?: string;
                    /** @description In the language of the account */
                    label?: string;
                } & {
                    [key: string]: unknown;
                };
                transactionMerchant?: components["schemas"]["Record.merchant_order"]["$defs"]["__schema0"];
                lineItem?: ({
                    name?: string;
                    provider?: components["schemas"]["Record.merchant_order"]["$defs"]["__schema0"];
                    priceline?: components["schemas"]["Record.merchant_order"]["$defs"]["__schema1"];
                    purchase?: unknown;
                    itemOption?: unknown;
                } & {
                    [key: string]: unknown;
                })[];
                priceline?: components["schemas"]["Record.merchant_order"]["$defs"]["__schema1"];
                paymentInfo?: unknown;
                orderUpdates?: unknown;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: {
                    name?: string;
                } & {
                    [key: string]: unknown;
                };
                __schema1: ({
                    /** @description `SUBTOTAL`, `TAX`, `FEE`, `GRATUITY`, `TOTAL` */
                    type?: string;
                    amount?: {
                        /** @description Millionths of the currency, as text */
                        amountMicros?: string;
                        currencyCode?: {
                            code?: string;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                    taxIncluded?: boolean;
                    state?: string;
                } & {
                    [key: string]: unknown;
                })[];
            };
        };
        /** A reservation that the person made with Google */
        "Record.reservation": {
            key: string;
            resource: string;
            /** @constant */
            kind: "reservation";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A message in a chat with a business */
        "Record.business_message": {
            key: string;
            resource: string;
            /** @constant */
            kind: "business_message";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The data that Google writes for all messages of the chat */
                conversation?: {
                    application?: components["schemas"]["Record.business_message"]["$defs"]["__schema0"];
                    title?: components["schemas"]["Record.business_message"]["$defs"]["__schema1"];
                } & {
                    [key: string]: components["schemas"]["Record.business_message"]["$defs"]["__schema2"];
                };
                /** @description Present when Google writes it into the message */
                application?: string;
                /** @description Present when Google writes it into the message */
                title?: string;
                /** @description Microseconds since 1970 */
                timestamp_us?: components["schemas"]["Record.business_message"]["$defs"]["__schema3"] | components["schemas"]["Record.business_message"]["$defs"]["__schema4"];
                sender?: string;
                content_type?: string;
                content?: string;
                display_text?: string;
                secondary_text?: string;
                display_icon?: unknown;
                blob_id?: string;
                /** @description Name of the attachment */
                export_file_name?: string;
                locationInfos?: unknown;
                /** @description The member that holds the attachment; not part of the key */
                media?: {
                    part: components["schemas"]["Record.business_message"]["$defs"]["__schema5"];
                    entry: components["schemas"]["Record.business_message"]["$defs"]["__schema6"];
                    bytes: components["schemas"]["Record.business_message"]["$defs"]["__schema7"];
                } & {
                    [key: string]: components["schemas"]["Record.business_message"]["$defs"]["__schema8"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                /** @description `GMM` or `GMB` */
                __schema0: string;
                /** @description The business with which the person wrote */
                __schema1: string;
                __schema2: unknown;
                __schema3: number;
                __schema4: string;
                __schema5: number;
                __schema6: number;
                __schema7: number;
                __schema8: unknown;
            };
        };
        /** A map that the person made */
        "Record.own_map": {
            key: string;
            resource: string;
            /** @constant */
            kind: "own_map";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                name?: string;
                description?: string;
                /** @description Name of the file that holds the map */
                file?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A place, line or area on a map that the person made */
        "Record.map_feature": {
            key: string;
            resource: string;
            /** @constant */
            kind: "map_feature";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Name of the map */
                map?: string;
                /** @description Names of the folders that contain it, the outermost first */
                layers?: components["schemas"]["Record.map_feature"]["$defs"]["__schema0"][];
                name?: string;
                /** @description Text, or HTML */
                description?: string;
                /** @description GeoJSON, longitude first; absent when the feature has no place */
                geometry?: {
                    type: components["schemas"]["Record.map_feature"]["$defs"]["__schema1"];
                } & {
                    [key: string]: components["schemas"]["Record.map_feature"]["$defs"]["__schema2"];
                };
                address?: string;
                time?: string;
                /** @description The columns of the layer’s table, by name */
                extendedData?: {
                    [key: string]: components["schemas"]["Record.map_feature"]["$defs"]["__schema4"];
                };
                styleUrl?: string;
                /** @description The style that `styleUrl` names, as the KML has it */
                style?: unknown;
                /** @description The elements that Portage does not know, by name */
                others?: {
                    [key: string]: components["schemas"]["Record.map_feature"]["$defs"]["__schema6"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: string;
                __schema2: unknown;
                __schema3: string;
                __schema4: string;
                __schema5: string;
                __schema6: unknown;
            };
        };
        /** A trip that the person pinned */
        "Record.commute_route": {
            key: string;
            resource: string;
            /** @constant */
            kind: "commute_route";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                id?: unknown;
                /** @description The start and the end of the trip */
                place_visit?: components["schemas"]["Record.commute_route"]["$defs"]["__schema0"][];
                transition?: ({
                    route?: {
                        travel_mode?: string;
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: {
                    place?: {
                        lat_lng?: {
                            latitude?: number;
                            longitude?: number;
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                };
            };
        };
        /** How the person prefers to commute */
        "Record.commute_setting": {
            key: string;
            resource: string;
            /** @constant */
            kind: "commute_setting";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** The connectors of an electric vehicle */
        "Record.ev_profile": {
            key: string;
            resource: string;
            /** @constant */
            kind: "ev_profile";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** The make and model of a vehicle */
        "Record.vehicle_profile": {
            key: string;
            resource: string;
            /** @constant */
            kind: "vehicle_profile";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A dish, product or activity that the person added to a place */
        "Record.offering_contribution": {
            key: string;
            resource: string;
            /** @constant */
            kind: "offering_contribution";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The photo that has the tag */
                photo_url?: string;
                text?: string;
                created?: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** An edit of a place, or an answer about a place */
        "Record.factual_contribution": {
            key: string;
            resource: string;
            /** @constant */
            kind: "factual_contribution";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        /** A question or an answer about a place */
        "Record.place_question": {
            key: string;
            resource: string;
            /** @constant */
            kind: "place_question";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Key of the list that contained it, such as `answers` */
                section?: string;
                /** @description The entry’s own fields */
                fields?: {
                    [key: string]: components["schemas"]["Record.place_question"]["$defs"]["__schema1"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: string;
                __schema1: unknown;
            };
        };
        /** The place of a camera while it recorded for Street View */
        "Record.track_point": {
            key: string;
            resource: string;
            /** @constant */
            kind: "track_point";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Degrees */
                latitude?: number;
                /** @description Degrees */
                longitude?: number;
                /** @description Present when it is known */
                altitude?: number;
                capture_time?: string;
                /** @description Name of the file that holds the track */
                track?: string;
                /** @description The member that holds the video or picture of the same name; not part of the key */
                media?: {
                    part: components["schemas"]["Record.track_point"]["$defs"]["__schema0"];
                    entry: components["schemas"]["Record.track_point"]["$defs"]["__schema1"];
                    bytes: components["schemas"]["Record.track_point"]["$defs"]["__schema2"];
                } & {
                    [key: string]: components["schemas"]["Record.track_point"]["$defs"]["__schema3"];
                };
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: number;
                __schema1: number;
                __schema2: number;
                __schema3: unknown;
            };
        };
        /** Something that a Nest camera noticed, such as a person or a package */
        "Record.nest_event": {
            key: string;
            resource: string;
            /** @constant */
            kind: "nest_event";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description The members that hold the clip or pictures; not part of the key */
                media?: components["schemas"]["Record.nest_event"]["$defs"]["__schema0"][];
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
            $defs: {
                __schema0: {
                    part: number;
                    entry: number;
                    bytes: number;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        /** The description of a file in the archive; the member that `source` names holds its bytes */
        "Record.file": {
            key: string;
            resource: string;
            /** @constant */
            kind: "file";
            /** @description RFC 3339, UTC */
            occurredAt?: string;
            data: {
                /** @description Path in the folder of the service, in the language of the account */
                path: string;
                /** @description Length of the unpacked file */
                bytes: number;
                /** @description CRC-32 that the ZIP directory states */
                crc32: number;
                /** @description Portage derives it from the first bytes, never from the name */
                mediaType: string;
            } & {
                [key: string]: unknown;
            };
            source: {
                exportId: string;
                part: number;
                entry: number;
                index: number;
            };
        };
        ConnectSessionRequest: {
            /** @description Your own, opaque id of your user */
            userId: string;
            /** @description How the connect page names the account that the data goes to. Deleted when the session ends */
            userLabel?: string;
            /** @description What the user is asked for, such as `myactivity.search`. A renewal may leave it out */
            resources?: string[];
            /**
             * Format: uri
             * @description Where Portage sends the browser after Google. Needed where the host app confirms its sessions
             */
            returnUrl?: string;
            /**
             * Format: date-time
             * @description Only data from this time on
             */
            since?: string;
            /** @description The records that Portage keeps; all others are deleted */
            records?: {
                /** @description Only records of these kinds */
                kinds?: components["schemas"]["RecordKind"][];
                /** @description Of a kind that is named here, only these fields of `data` */
                fields?: {
                    [key: string]: string[];
                };
                /**
                 * Format: date-time
                 * @description Only records from this instant on
                 */
                from?: string;
                /**
                 * Format: date-time
                 * @description Only records before this instant
                 */
                to?: string;
                /**
                 * @description With a range: whether records without a time are kept
                 * @enum {string}
                 */
                undated?: "keep" | "drop";
            };
            /** @description An active time-based consent of this user that the new grant extends */
            renewsConsentId?: string;
            /** @description Your own, opaque id of the Google account that the user is to choose. Stored as an HMAC */
            accountHint?: string;
            /** @description An active time-based consent of this user whose exports the new one takes over */
            replaces?: string;
        };
        /** @enum {string} */
        RecordKind: "activity" | "visit" | "history_entry" | "bookmark" | "reading_list_item" | "dictionary_word" | "extension" | "autofill" | "setting" | "comment" | "live_chat_message" | "subscription" | "channel" | "channel_detail" | "playlist" | "playlist_item" | "video" | "video_detail" | "video_interaction" | "song" | "message" | "post" | "clip" | "wishlist_item" | "playable" | "saved_place" | "labeled_place" | "review" | "review_draft" | "photo" | "app_install" | "library_item" | "purchase" | "play_subscription" | "order" | "play_device" | "redemption" | "promotion" | "play_setting" | "grouping_tag" | "play_points" | "play_points_membership" | "play_review" | "play_entry" | "saved_item" | "discover_follow" | "discover_like" | "discover_not_interested" | "search_comment" | "search_review" | "streaming_provider" | "search_thumb" | "watched_title" | "alert" | "notification_setting" | "notification_subscription" | "product_review" | "merchant_review" | "merchant_order" | "reservation" | "business_message" | "own_map" | "map_feature" | "commute_route" | "commute_setting" | "ev_profile" | "vehicle_profile" | "offering_contribution" | "factual_contribution" | "place_question" | "track_point" | "nest_event" | "file";
        ConnectSession: {
            id: string;
            /** @description Null once the data of the user are deleted */
            userId: string | null;
            /** @enum {string} */
            state: "created" | "started" | "awaiting_confirmation" | "connected" | "declined" | "failed" | "expired" | "unconfirmed" | "cancelled";
            /** @description One of the codes of `src/domain/error-codes.ts`; null when there was no error */
            errorCode: string | null;
            resources: string[];
            since: string | null;
            renewsConsentId: string | null;
            /** @description Whether the grant renewed that consent; false when it became a consent of its own */
            renewed: boolean | null;
            /** @description As the request had it */
            replaces: string | null;
            consentId: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description Until when your app can confirm the session */
            confirmBy: string | null;
            confirmedAt: string | null;
        };
        Problem: {
            /** @description The address of a page about this code at this server: `/problems/<code>` */
            type: string;
            /** @description The meaning of the code; always the same for a code */
            title: string;
            /** @description The HTTP status */
            status: number;
            /** @description The fault in this case. Names the values that are wrong */
            detail: string;
            /** @description The stable code: one of `src/domain/error-codes.ts` */
            code: string;
            /** @description The remedy, in words */
            remedy: string;
            /**
             * @description Who the texts are for. Do not show them to users
             * @constant
             */
            audience: "host developer";
            /** @description Every wrong value of the request */
            errors?: {
                /** @description The wrong value in the body, as a JSON Pointer in a URI fragment: `#/resources/0`; `#` is the whole body */
                pointer?: string;
                /** @description The name of the wrong parameter or header */
                parameter?: string;
                /** @description The fault and its remedy */
                detail: string;
                /** @description The wrong value as JSON, cut after 60 characters. Secrets are left out */
                value?: string;
            }[];
            /** @description The request, as the log of the server names it */
            requestId?: string;
        };
        ConsentWithoutExports: {
            id: string;
            /** @description Null once the data of the user are deleted */
            userId: string | null;
            /** @enum {string} */
            state: "active" | "ending" | "completed" | "expired" | "revoked" | "cancelled" | "superseded" | "deleted" | "unconfirmed" | "failed";
            /** @description One of the codes of `src/domain/error-codes.ts`; null when there was no error */
            errorCode: string | null;
            /** @description Null until Google has reported it */
            accessType: ("one_time" | "time_based") | null;
            requestedResources: string[];
            grantedResources: string[];
            /** @description Those that a newer consent of the user has taken over */
            supersededResources: string[];
            /** @description The consents that have taken them over */
            supersededBy: string[];
            /** @description The consent that the connect session named in `replaces` */
            replaces: string | null;
            since: string | null;
            /** @description The choice of the connect session; null for all records */
            records: {
                /** @description Only records of these kinds */
                kinds?: components["schemas"]["RecordKind"][];
                /** @description Of a kind that is named here, only these fields of `data` */
                fields?: {
                    [key: string]: string[];
                };
                /**
                 * Format: date-time
                 * @description Only records from this instant on
                 */
                from?: string;
                /**
                 * Format: date-time
                 * @description Only records before this instant
                 */
                to?: string;
                /**
                 * @description With a range: whether records without a time are kept
                 * @enum {string}
                 */
                undated?: "keep" | "drop";
            } | null;
            /** Format: date-time */
            createdAt: string;
            /** @description When the grant ends, unless the user renews it */
            endsAt: string | null;
            pausedAt: string | null;
            /** @description Since when one job a day exports all resources together */
            batchedAt: string | null;
            /** @description The result of ending the grant at Google */
            resetAnswer: ("done" | "kept" | "already_ended" | "refused") | null;
            endedAt: string | null;
            /** @description When Portage had deleted everything stored of the consent */
            dataDeletedAt: string | null;
            renewal: {
                /** @enum {string} */
                state: "not_needed" | "possible" | "ended" | "not_offered";
                /** @description From when on Google lets the user renew */
                from: string | null;
                /** @description The page to send the user to */
                url: string | null;
            };
        };
        Consent: {
            id: string;
            /** @description Null once the data of the user are deleted */
            userId: string | null;
            /** @enum {string} */
            state: "active" | "ending" | "completed" | "expired" | "revoked" | "cancelled" | "superseded" | "deleted" | "unconfirmed" | "failed";
            /** @description One of the codes of `src/domain/error-codes.ts`; null when there was no error */
            errorCode: string | null;
            /** @description Null until Google has reported it */
            accessType: ("one_time" | "time_based") | null;
            requestedResources: string[];
            grantedResources: string[];
            /** @description Those that a newer consent of the user has taken over */
            supersededResources: string[];
            /** @description The consents that have taken them over */
            supersededBy: string[];
            /** @description The consent that the connect session named in `replaces` */
            replaces: string | null;
            since: string | null;
            /** @description The choice of the connect session; null for all records */
            records: {
                /** @description Only records of these kinds */
                kinds?: components["schemas"]["RecordKind"][];
                /** @description Of a kind that is named here, only these fields of `data` */
                fields?: {
                    [key: string]: string[];
                };
                /**
                 * Format: date-time
                 * @description Only records from this instant on
                 */
                from?: string;
                /**
                 * Format: date-time
                 * @description Only records before this instant
                 */
                to?: string;
                /**
                 * @description With a range: whether records without a time are kept
                 * @enum {string}
                 */
                undated?: "keep" | "drop";
            } | null;
            /** Format: date-time */
            createdAt: string;
            /** @description When the grant ends, unless the user renews it */
            endsAt: string | null;
            pausedAt: string | null;
            /** @description Since when one job a day exports all resources together */
            batchedAt: string | null;
            /** @description The result of ending the grant at Google */
            resetAnswer: ("done" | "kept" | "already_ended" | "refused") | null;
            endedAt: string | null;
            /** @description When Portage had deleted everything stored of the consent */
            dataDeletedAt: string | null;
            renewal: {
                /** @enum {string} */
                state: "not_needed" | "possible" | "ended" | "not_offered";
                /** @description From when on Google lets the user renew */
                from: string | null;
                /** @description The page to send the user to */
                url: string | null;
            };
            /** @description What Portage waits for before it ends the grant at Google; null when it does not wait */
            waitsFor: {
                /** @enum {string} */
                reason: "other_consents" | "user_is_connecting" | "google_refuses";
                /** @description Consents of the user that have to end first */
                consentIds: string[];
                /** @description When Google ends the grant itself */
                until: string | null;
            } | null;
            /** @description The newest first, 100 at most */
            exports: components["schemas"]["Export"][];
            /** @description The value of `before` for older exports; null when there are none */
            nextBefore: string | null;
        };
        Export: {
            id: string;
            consentId: string;
            /** @description The loop that made the export: a resource, or `batch` when it exports several resources together */
            resource: string;
            /** @description The resources of this export */
            resources: string[];
            /** @description 1 for the first export of this loop */
            cycle: number;
            /** @enum {string} */
            state: "initiating" | "waiting" | "downloading" | "verifying" | "reading" | "ready" | "partial" | "failed";
            verdict: ("complete" | "incomplete_at_google" | "unverified" | "corrupt") | null;
            /** @description One of the codes of `src/domain/error-codes.ts`; null when there was no error */
            errorCode: string | null;
            /** @description The findings of the verification (docs/verification.md) */
            findings: ({
                kind: string;
                /** @description The finding in words */
                text: string;
            } & {
                [key: string]: unknown;
            })[];
            /** @description The beginning of the window of time that Google was asked for */
            startTime: string | null;
            endTime: string | null;
            /** @description The job was started for an earlier request, and has the window of that one */
            adopted: boolean;
            /** Format: date-time */
            requestedAt: string;
            /** @description Google refuses to start this export before */
            lockedUntil: string | null;
            initiatedAt: string | null;
            /** @description The end of the exported window, as Google states it */
            exportTime: string | null;
            endedAt: string | null;
            partsTotal: number | null;
            files: number | null;
            bytes: number | null;
            /** @description The result of reading the records; null before it has begun */
            records: ({
                /** @constant */
                state: "reading";
                /** @description Records read so far */
                read: number;
            } | {
                /** @enum {string} */
                state: "complete" | "partial" | "failed";
                /** @description One of the codes of `src/domain/error-codes.ts`; null when there was no error */
                errorCode: string | null;
                /** @description The value of `since` for everything that was read after this export */
                cursor: number | null;
                read?: number;
                new?: number;
                changed?: number;
                /** @description Null where it cannot be known */
                gone?: number | null;
                leftOut?: number;
                problems?: number;
                byKind: {
                    [key: string]: {
                        read: number;
                        new: number;
                        changed: number;
                    };
                };
            }) | null;
            /** @description When the parts were deleted because only some records were asked for */
            partsDroppedAt: string | null;
            /** @description How far the download is; null before it has begun */
            progress: {
                bytesStored: number | null;
                bytesTotal: number | null;
                segmentsStored: number | null;
                segmentsTotal: number | null;
                bytesPerSecond: number | null;
                /** Format: date-time */
                at: string;
            } | null;
            parts: {
                number: number;
                bytes: number;
                sha256: string | null;
                /** @description Where its bytes are */
                path: string;
            }[];
        };
        /** @description The stored request, and its consent */
        ConsentRequest: {
            id: string;
            /** @enum {string} */
            asked: "pause" | "resume" | "cancel" | "delete";
        };
        ExportRequest: {
            id: string;
            /** @constant */
            asked: "export";
            /** @description The resource that was asked for; null for all */
            resource: string | null;
            loops: {
                /** @description A resource, or `batch` */
                loop: string;
                /**
                 * @description `locked`: the export starts at `lockedUntil`. `pending`: the request was received, and Google has not answered. `unanswered`: no worker took it up; ask again. `paused`, `ended`, `not_running`: no export starts
                 * @enum {string}
                 */
                answer: "started" | "locked" | "paused" | "ended" | "pending" | "unanswered" | "not_running";
                /** @description The export that was started */
                exportId: string | null;
                lockedUntil: string | null;
            }[];
        };
        RecordCounts: {
            /** @description The value of `since` for later exports */
            cursor: number;
            counts: {
                resource: string;
                kind: string;
                /**
                 * Format: date
                 * @description In UTC; absent for records without a time
                 */
                day?: string;
                read: number;
                new: number;
                changed: number;
            }[];
        };
        MemberList: {
            members: {
                part: number;
                /** @description The number of the entry in the directory of the part */
                entry: number;
                name: string;
                bytes: number;
                /** @description Where its bytes are; null when Portage cannot unpack it */
                path: string | null;
            }[];
            unreadableParts: {
                part: number;
                /** @description `not_a_zip`, or the name of a limit */
                reason: string;
            }[];
        };
        RecordSummary: {
            version: number;
            exportId: string;
            resources: {
                resource: string;
                records: number;
                new: number;
                changed: number;
                /** @description Absent when Portage cannot know it */
                gone?: number;
                /** @description The reason why Portage cannot know it */
                goneUnknown?: string;
                knownObjects?: number;
            }[];
            /** @enum {string} */
            verdict: "complete" | "partial";
            members: number;
            records: number;
            leftOut: number;
            new: number;
            changed: number;
            gone?: number;
            goneUnknown?: string;
            counts: {
                resource: string;
                kind: string;
                /**
                 * Format: date
                 * @description In UTC; absent for records without a time
                 */
                day?: string;
                read: number;
                new: number;
                changed: number;
            }[];
            problems: {
                kind: string;
                part: number;
                entry?: number;
                index?: number;
                offset?: number;
                line?: number;
                field?: string;
            }[];
            problemCounts: {
                [key: string]: number;
            };
            notices: {
                kind: string;
                part: number;
                entry?: number;
                index?: number;
                offset?: number;
                line?: number;
                fingerprint?: string;
                field?: string;
                met?: string;
                expected?: string;
            }[];
            noticeCounts: {
                [key: string]: number;
            };
            drift: string[];
            choice: string;
        };
        /** @description What happened. A webhook has the same body */
        Event: components["schemas"]["Event.connect_session.awaiting_confirmation"] | components["schemas"]["Event.connect_session.connected"] | components["schemas"]["Event.connect_session.declined"] | components["schemas"]["Event.connect_session.failed"] | components["schemas"]["Event.connect_session.expired"] | components["schemas"]["Event.connect_session.unconfirmed"] | components["schemas"]["Event.connect_session.cancelled"] | components["schemas"]["Event.consent.connected"] | components["schemas"]["Event.consent.confirmed"] | components["schemas"]["Event.consent.account_shared"] | components["schemas"]["Event.consent.renewal_due"] | components["schemas"]["Event.consent.renewed"] | components["schemas"]["Event.consent.paused"] | components["schemas"]["Event.consent.resumed"] | components["schemas"]["Event.consent.superseded"] | components["schemas"]["Event.consent.ended"] | components["schemas"]["Event.export.started"] | components["schemas"]["Event.export.delayed"] | components["schemas"]["Event.export.ready"] | components["schemas"]["Event.export.partial"] | components["schemas"]["Event.export.failed"] | components["schemas"]["Event.records.available"] | components["schemas"]["Event.data.deleted"] | components["schemas"]["Event.user.erased"] | components["schemas"]["Event.webhook_endpoint.disabled"] | components["schemas"]["Event.webhook_endpoint.test"];
        /**
         * @description The user came back from Google. The host app has to confirm whose account it is.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "connect_session.awaiting_confirmation",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "connectSessionId": "cns_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "confirmBy": "2026-03-01T10:30:00.000Z"
         *       }
         *     }
         */
        "Event.connect_session.awaiting_confirmation": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "connect_session.awaiting_confirmation";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                connectSessionId: string;
                /** Format: date-time */
                confirmBy: string;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description The connect session led to a consent, or renewed one.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "connect_session.connected",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "connectSessionId": "cns_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "renewed": false,
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.connect_session.connected": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "connect_session.connected";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                connectSessionId: string;
                consentId: string;
                renewed: boolean;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description The user declined at Google.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "connect_session.declined",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "connectSessionId": "cns_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "reason": "CONSENT_DECLINED"
         *       }
         *     }
         */
        "Event.connect_session.declined": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "connect_session.declined";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                connectSessionId: string;
                reason: components["schemas"]["ErrorCode"] | null;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /** @enum {string} */
        ErrorCode: "GRANT_ENDED" | "SCOPE_MISSING" | "ALREADY_EXPORTED" | "GOOGLE_REFUSED" | "GOOGLE_NOT_SET_UP" | "GOOGLE_RATE_LIMITED" | "GOOGLE_UNAVAILABLE" | "GOOGLE_UNEXPECTED" | "CONNECT_DELAYED" | "OAUTH_CODE_REFUSED" | "GRANT_UNKNOWN" | "CONNECT_INTERRUPTED" | "ARCHIVE_RUNNING" | "ARCHIVE_FAILED" | "ARCHIVE_UNKNOWN" | "ARCHIVE_CANCELLED" | "ARCHIVE_EXPIRED" | "ARCHIVE_OVERDUE" | "ARCHIVE_CORRUPT" | "START_OVERDUE" | "EXPORT_STOPPED" | "LINK_DEAD" | "LINK_NOT_ALLOWED" | "PART_TRUNCATED" | "PART_ALTERED" | "PART_REPLACED" | "PART_NOT_ARCHIVE" | "STORAGE_FULL" | "DISK_NEARLY_FULL" | "STORAGE_UNAVAILABLE" | "STORAGE_MISSING" | "SEGMENT_MISSING" | "SEGMENT_ALTERED" | "DATA_KEY_MISSING" | "RECORDS_UNREADABLE" | "RECORDS_OVERDUE" | "RECORDS_OVERTAKEN" | "RECORDS_NOT_AGAIN" | "RECORDS_MISSING" | "DATA_DELETED" | "DATABASE_UNAVAILABLE" | "DATABASE_BUSY" | "DATABASE_OUTDATED" | "STEP_STALLED" | "VAULT_KEY_MISSING" | "KMS_UNAVAILABLE" | "VAULT_KEY_WRONG" | "VAULT_KEY_IN_USE" | "VAULT_SEAL_BROKEN" | "REQUEST_INVALID" | "METHOD_NOT_ALLOWED" | "NOT_ACCEPTABLE" | "BODY_TOO_LARGE" | "MEDIA_TYPE_UNSUPPORTED" | "POSITION_INVALID" | "RECORDS_REPLACED" | "RESOURCE_UNKNOWN" | "RESOURCES_TOO_MANY" | "API_KEY_INVALID" | "API_KEY_MALFORMED" | "API_KEY_EXPIRED" | "API_KEY_UNACCEPTED" | "API_KEY_LACKS_CONNECT" | "API_KEY_LACKS_READ" | "API_KEY_LACKS_MANAGE" | "API_KEY_LACKS_ADMIN" | "API_KEYS_TOO_MANY" | "API_KEY_REPLACED" | "RETURN_URL_NOT_ALLOWED" | "RANGE_NOT_SATISFIABLE" | "PART_UNREADABLE" | "MEMBER_UNREADABLE" | "ARCHIVE_LIMIT" | "WEBHOOK_URL_REFUSED" | "WEBHOOK_ENDPOINTS_TOO_MANY" | "REPLAY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "IDEMPOTENCY_KEY_IN_USE" | "NOT_FOUND" | "NOT_YOUR_PAGE" | "USER_UNKNOWN" | "CONSENT_UNKNOWN" | "EVENTS_PRUNED" | "CONSENT_ENDED" | "CONSENT_NOT_RENEWABLE" | "CONSENT_NOT_REPLACEABLE" | "CONSENTS_QUOTA_REACHED" | "SESSIONS_QUOTA_REACHED" | "TOO_MANY_REQUESTS" | "CONNECT_LINK_UNKNOWN" | "CONNECT_LINK_EXPIRED" | "CONNECT_CANCELLED" | "CONNECT_SESSION_CONNECTED" | "CONNECT_LINK_USED" | "CONNECT_LINK_OTHER_BROWSER" | "RENEW_FROM_APP" | "POST_FROM_ELSEWHERE" | "CONFIRMATION_CODE_WRONG" | "CONFIRMATION_USER_WRONG" | "CONFIRMATION_VOID" | "CONFIRMATION_EXPIRED" | "NOTHING_TO_CONFIRM" | "UNCONFIRMED" | "STATE_INVALID" | "CONSENT_DECLINED" | "CONSENT_EMPTY" | "ACCOUNT_REFUSED" | "CONNECT_QUOTA_REACHED" | "BROWSER_REFUSED" | "TEMPORAL_UNAVAILABLE" | "NO_WORKER" | "NAMESPACE_MISSING" | "SEARCH_ATTRIBUTES_MISSING" | "WORKERS_MISSING" | "WORKFLOW_MISSING" | "NOT_READY" | "UNEXPECTED";
        /**
         * @description Nothing was connected, because of an error.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "connect_session.failed",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "connectSessionId": "cns_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "reason": "CONNECT_INTERRUPTED"
         *       }
         *     }
         */
        "Event.connect_session.failed": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "connect_session.failed";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                connectSessionId: string;
                reason: components["schemas"]["ErrorCode"] | null;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description The link expired before the user came back from Google.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "connect_session.expired",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "connectSessionId": "cns_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *       }
         *     }
         */
        "Event.connect_session.expired": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "connect_session.expired";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                connectSessionId: string;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description The host app did not confirm in time. Portage resets the authorization; the consent of the event exists only for this.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "connect_session.unconfirmed",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "connectSessionId": "cns_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "reason": "UNCONFIRMED",
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.connect_session.unconfirmed": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "connect_session.unconfirmed";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                connectSessionId: string;
                reason: components["schemas"]["ErrorCode"] | null;
                consentId?: string;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description The host app cancelled the session. If Portage had a grant, it resets the authorization; the consent of the event exists only for this.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "connect_session.cancelled",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "connectSessionId": "cns_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *       }
         *     }
         */
        "Event.connect_session.cancelled": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "connect_session.cancelled";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                connectSessionId: string;
                consentId?: string;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description A consent was stored, and its exports begin. `others` are the active consents that its user had already.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "consent.connected",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "requested": [
         *           "myactivity.search",
         *           "chrome.history"
         *         ],
         *         "granted": [
         *           "myactivity.search"
         *         ],
         *         "others": [],
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.consent.connected": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "consent.connected";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                requested: string[];
                granted: string[];
                others: string[];
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description The host app’s confirmation of a connect session took effect.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "consent.confirmed",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "connectSessionId": "cns_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.consent.confirmed": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "consent.confirmed";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                connectSessionId: string;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description Another user is known to have connected the same Google account. Both get this event with the same id of the account.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "consent.account_shared",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "sharedAccountId": "acc_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.consent.account_shared": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "consent.account_shared";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                sharedAccountId: string;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description The grant ends soon, and the user can renew it.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "consent.renewal_due",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "endsAt": "2026-09-01T09:30:00.000Z",
         *         "daysBefore": 14,
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.consent.renewal_due": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "consent.renewal_due";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                endsAt: string | null;
                daysBefore: number;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description The grant ends later than before.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "consent.renewed",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "endsAt": "2027-02-28T09:30:00.000Z",
         *         "before": "2026-09-01T09:30:00.000Z",
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.consent.renewed": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "consent.renewed";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                /** Format: date-time */
                endsAt: string;
                /** Format: date-time */
                before: string;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description No new export begins until the consent is resumed.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "consent.paused",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.consent.paused": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "consent.paused";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description Exports begin again.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "consent.resumed",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.consent.resumed": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "consent.resumed";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description A newer consent of the same user, `by`, exports these resources from now on. `because` is the reason.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "consent.superseded",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "resources": [
         *           "myactivity.search"
         *         ],
         *         "by": "con_01jd8mfw2vftvbcq5s1pnf9g3r",
         *         "because": "same_account_hint",
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.consent.superseded": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "consent.superseded";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                resources: string[];
                by: string | null;
                because: ("replaces" | "same_account_hint" | "no_account_hint") | null;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description The consent ended; `state` is its final state.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "consent.ended",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "state": "completed",
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.consent.ended": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "consent.ended";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                /** @enum {string} */
                state: "active" | "ending" | "completed" | "expired" | "revoked" | "cancelled" | "superseded" | "deleted" | "unconfirmed" | "failed";
                reason?: components["schemas"]["ErrorCode"];
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description Google began to prepare an archive.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "export.started",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "exportId": "exp_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "resources": [
         *           "myactivity.search"
         *         ],
         *         "adopted": false,
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *           "export": "https://portage.example.com/v1/exports/exp_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.export.started": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "export.started";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                exportId: string;
                resources: string[];
                adopted: boolean;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description An export has used up most of its time. The event is recorded once for each export.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "export.delayed",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "exportId": "exp_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "resources": [
         *           "myactivity.search"
         *         ],
         *         "state": "waiting",
         *         "deadlineAt": "2026-03-08T09:30:00.000Z",
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *           "export": "https://portage.example.com/v1/exports/exp_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.export.delayed": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "export.delayed";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                exportId: string;
                resources: string[];
                /** @enum {string} */
                state: "initiating" | "waiting" | "downloading" | "verifying" | "reading" | "ready" | "partial" | "failed";
                /** Format: date-time */
                deadlineAt: string;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description Every byte of the export is stored and verified.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "export.ready",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "exportId": "exp_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "resources": [
         *           "myactivity.search"
         *         ],
         *         "verdict": "complete",
         *         "reason": null,
         *         "parts": 1,
         *         "files": 4,
         *         "bytes": 523144,
         *         "records": {
         *           "state": "complete",
         *           "reason": null,
         *           "cursor": 3,
         *           "read": 1204,
         *           "new": 12,
         *           "changed": 3,
         *           "gone": 0,
         *           "leftOut": 0,
         *           "problems": 0
         *         },
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *           "export": "https://portage.example.com/v1/exports/exp_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.export.ready": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "export.ready";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                exportId: string;
                resources: string[];
                verdict: ("complete" | "incomplete_at_google" | "unverified" | "corrupt") | null;
                reason: components["schemas"]["ErrorCode"] | null;
                parts: number | null;
                files: number | null;
                bytes: number | null;
                records: {
                    /** @enum {string} */
                    state: "complete" | "partial" | "failed";
                    reason: components["schemas"]["ErrorCode"] | null;
                    cursor: number | null;
                    read?: number;
                    new?: number;
                    changed?: number;
                    gone?: number | null;
                    leftOut?: number;
                    problems?: number;
                } | null;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description The delivered data is stored, and may be incomplete.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "export.partial",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "exportId": "exp_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "resources": [
         *           "myactivity.search"
         *         ],
         *         "verdict": "incomplete_at_google",
         *         "reason": null,
         *         "parts": 1,
         *         "files": 4,
         *         "bytes": 523144,
         *         "records": {
         *           "state": "complete",
         *           "reason": null,
         *           "cursor": 3,
         *           "read": 1204,
         *           "new": 12,
         *           "changed": 3,
         *           "gone": 0,
         *           "leftOut": 0,
         *           "problems": 0
         *         },
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *           "export": "https://portage.example.com/v1/exports/exp_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.export.partial": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "export.partial";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                exportId: string;
                resources: string[];
                verdict: ("complete" | "incomplete_at_google" | "unverified" | "corrupt") | null;
                reason: components["schemas"]["ErrorCode"] | null;
                parts: number | null;
                files: number | null;
                bytes: number | null;
                records: {
                    /** @enum {string} */
                    state: "complete" | "partial" | "failed";
                    reason: components["schemas"]["ErrorCode"] | null;
                    cursor: number | null;
                    read?: number;
                    new?: number;
                    changed?: number;
                    gone?: number | null;
                    leftOut?: number;
                    problems?: number;
                } | null;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description Google’s data could not be obtained, or cannot be read.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "export.failed",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "exportId": "exp_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "resources": [
         *           "myactivity.search"
         *         ],
         *         "verdict": null,
         *         "reason": "ARCHIVE_FAILED",
         *         "parts": null,
         *         "files": null,
         *         "bytes": null,
         *         "records": null,
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *           "export": "https://portage.example.com/v1/exports/exp_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.export.failed": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "export.failed";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                exportId: string;
                resources: string[];
                verdict: ("complete" | "incomplete_at_google" | "unverified" | "corrupt") | null;
                reason: components["schemas"]["ErrorCode"] | null;
                parts: number | null;
                files: number | null;
                bytes: number | null;
                records: {
                    /** @enum {string} */
                    state: "complete" | "partial" | "failed";
                    reason: components["schemas"]["ErrorCode"] | null;
                    cursor: number | null;
                    read?: number;
                    new?: number;
                    changed?: number;
                    gone?: number | null;
                    leftOut?: number;
                    problems?: number;
                } | null;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description Records can be fetched: those after the cursor that the host app has, up to this one.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "records.available",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "exportId": "exp_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "resources": [
         *           "myactivity.search"
         *         ],
         *         "cursor": 3,
         *         "read": 1204,
         *         "new": 12,
         *         "changed": 3,
         *         "gone": 0,
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *           "export": "https://portage.example.com/v1/exports/exp_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *           "records": "https://portage.example.com/v1/exports/exp_01jd8m6n5ze3bv9d2rm4w5x6y7/records"
         *         }
         *       }
         *     }
         */
        "Event.records.available": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "records.available";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                exportId: string;
                resources: string[];
                cursor: number;
                read: number;
                new: number;
                changed: number;
                gone: number | null;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description Stored data and its key are gone: of one export if the event names one, otherwise of the whole consent.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "data.deleted",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "consentId": "con_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "exports": 2,
         *         "parts": 2,
         *         "segments": 2,
         *         "bytes": 1046288,
         *         "links": {
         *           "consent": "https://portage.example.com/v1/consents/con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         }
         *       }
         *     }
         */
        "Event.data.deleted": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "data.deleted";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                consentId: string;
                exportId?: string;
                resource?: string;
                exports?: number;
                parts?: number;
                segments?: number;
                bytes?: number;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description Everything of a user is deleted, as your app or an operator requested. The event names the deletion and its consents, not the user.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "user.erased",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "erasureId": "ers_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "consentIds": [
         *           "con_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *         ]
         *       }
         *     }
         */
        "Event.user.erased": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "user.erased";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                erasureId: string;
                consentIds: string[];
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description Portage no longer sends events to an endpoint of the host app.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "webhook_endpoint.disabled",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "endpointId": "whe_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *         "reason": "gone"
         *       }
         *     }
         */
        "Event.webhook_endpoint.disabled": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "webhook_endpoint.disabled";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                endpointId: string;
                /** @enum {string} */
                reason: "gone" | "failing" | "operator" | "host_app";
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        /**
         * @description The host app or an operator requested a test of an endpoint. No other endpoint gets it.
         * @example {
         *       "id": "evt_01jd8m6n5ze3bv9d2rm4w5x6y7",
         *       "type": "webhook_endpoint.test",
         *       "timestamp": "2026-03-01T09:30:00.000Z",
         *       "position": 17,
         *       "data": {
         *         "endpointId": "whe_01jd8m6n5ze3bv9d2rm4w5x6y7"
         *       }
         *     }
         */
        "Event.webhook_endpoint.test": {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "webhook_endpoint.test";
            /**
             * Format: date-time
             * @description When it happened
             */
            timestamp: string;
            /** @description The number of the event, from 1 and without gaps for each host app */
            position: number;
            data: {
                endpointId: string;
                /** @description Where the API has the subject of the event */
                links?: {
                    /** Format: uri */
                    consent?: string;
                    /** Format: uri */
                    export?: string;
                    /** Format: uri */
                    records?: string;
                };
            };
        };
        User: {
            userId: string;
            /** @description How many consents there are in each state */
            consents: {
                active: number;
                ending: number;
                completed: number;
                expired: number;
                revoked: number;
                cancelled: number;
                superseded: number;
                deleted: number;
                unconfirmed: number;
                failed: number;
            };
            /** @description The newest first, 10 at most */
            newestConsentIds: string[];
        };
        UserDeletion: {
            userId: string;
            consentIds: string[];
            /** @description The event `user.erased` names it once everything is deleted. Null where an earlier release has begun the deletion */
            erasureId: string | null;
        };
        NewWebhookEndpoint: {
            id: string;
            url: string;
            /** @description Only events of these types are sent; null for all */
            eventTypes: string[] | null;
            /** @enum {string} */
            state: "enabled" | "disabled";
            disabledReason: ("gone" | "failing" | "operator" | "host_app") | null;
            /** @description Since when every try has failed; null after one that did not */
            failingSince: string | null;
            /** @description How long messages have signatures of the former secrets as well */
            formerSecretUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description For `v1` (HMAC-SHA256): `whsec_…`. Only this answer has it */
            secret: string;
            /** @description For `v1a` (ed25519): `whpk_…`. Only this answer has it */
            publicKey: string;
        };
        WebhookEndpoint: {
            id: string;
            url: string;
            /** @description Only events of these types are sent; null for all */
            eventTypes: string[] | null;
            /** @enum {string} */
            state: "enabled" | "disabled";
            disabledReason: ("gone" | "failing" | "operator" | "host_app") | null;
            /** @description Since when every try has failed; null after one that did not */
            failingSince: string | null;
            /** @description How long messages have signatures of the former secrets as well */
            formerSecretUntil: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        WebhookSecrets: {
            id: string;
            /** @description For `v1` (HMAC-SHA256): `whsec_…`. Only this answer has it */
            secret: string;
            /** @description For `v1a` (ed25519): `whpk_…`. Only this answer has it */
            publicKey: string;
            /** @description The end of the overlap */
            formerSecretUntil: string | null;
        };
        WebhookTest: {
            eventId: string;
        };
        WebhookDelivery: {
            eventId: string;
            /** @description The type of the event */
            type: string;
            /** @description The event’s place among all events of your app */
            position: number;
            consentId: string | null;
            exportId: string | null;
            /** Format: date-time */
            eventAt: string;
            /**
             * @description `pending`: it is sent, or sent again, while the endpoint is enabled. `failed`: the last try failed
             * @enum {string}
             */
            state: "pending" | "delivered" | "failed";
            /** @description Since it was to be sent, or sent once more */
            tries: number;
            /** @description The status of the last answer; null when none came */
            lastStatus: number | null;
            /** @description Not before this time, and after the events before it; null at the end */
            nextTryAt: string | null;
            endedAt: string | null;
            /** @description The last 20 tries, the oldest first */
            attempts: {
                /** Format: date-time */
                at: string;
                /** @description The status of the answer; null when none came */
                status: number | null;
                /** @description Why no answer came */
                problem: string | null;
                durationMs: number;
                /** @description The first 512 bytes of the answer’s body */
                answer: string;
            }[];
        };
        WebhookReplay: {
            /** @description How many */
            events: number;
        };
        NewApiKey: {
            id: string;
            /** @description What the key is for */
            name: string | null;
            /** @description What the key may do: connect, read, manage, admin */
            scopes: string[];
            /**
             * @description Only an `active` key works. `unaccepted`: of an earlier release, and no operator has accepted it. `altered`: the row is not as Portage wrote it
             * @enum {string}
             */
            state: "active" | "expired" | "revoked" | "unaccepted" | "altered";
            /** Format: date-time */
            createdAt: string;
            /** @description null for a key that does not expire */
            expiresAt: string | null;
            /** @description To the minute; null for a key that no request came with */
            lastUsedAt: string | null;
            revokedAt: string | null;
            /** @description `ptg_` and 49 letters and digits. Only this answer has it */
            key: string;
        };
        ApiKey: {
            id: string;
            /** @description What the key is for */
            name: string | null;
            /** @description What the key may do: connect, read, manage, admin */
            scopes: string[];
            /**
             * @description Only an `active` key works. `unaccepted`: of an earlier release, and no operator has accepted it. `altered`: the row is not as Portage wrote it
             * @enum {string}
             */
            state: "active" | "expired" | "revoked" | "unaccepted" | "altered";
            /** Format: date-time */
            createdAt: string;
            /** @description null for a key that does not expire */
            expiresAt: string | null;
            /** @description To the minute; null for a key that no request came with */
            lastUsedAt: string | null;
            revokedAt: string | null;
        };
        RotatedApiKey: {
            id: string;
            /** @description `ptg_` and 49 letters and digits. Only this answer has it */
            key: string;
            /** @description null for a key that does not expire */
            expiresAt: string | null;
            formerKeyId: string;
            /**
             * Format: date-time
             * @description The end of the overlap, or the expiry of the former key when that comes first
             */
            formerEndsAt: string;
        };
        Resource: {
            /** @description As in `resources` of a connect session */
            name: string;
            /** @description In words for people; the name where there are none */
            title: string;
            /** @description The Google product; null for a resource that the operator added */
            group: string | null;
            /** @description Whether Google documents fields of its files */
            documented: boolean;
            /** @description Whether Google exports a range of time of it (`since`); null when Google does not document it */
            filterable: boolean | null;
            /** @description The kinds of records that its files may lead to; `file` is whatever Portage reads no records from */
            kinds: components["schemas"]["RecordKind"][];
        };
        Health: {
            /** @enum {string} */
            status: "ready" | "degraded" | "down";
            checkedAt: string | null;
            checks: {
                name: string;
                passes: boolean;
                /** @description Only for a check that fails, as the next three */
                code?: string;
                message?: string;
                remedy?: string;
                /** Format: date-time */
                since?: string;
            }[];
            workers: {
                id: string;
                identity: string;
                queues: {
                    name: string;
                    running: number;
                }[];
                faults: {
                    check: string;
                    code: string;
                    message: string;
                }[];
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                checkedAt: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listConnectSessions: {
        parameters: {
            query?: {
                userId?: string;
                state?: "created" | "started" | "awaiting_confirmation" | "connected" | "declined" | "failed" | "expired" | "unconfirmed" | "cancelled";
                /** @description Items of one page */
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ConnectSession"][];
                        /** @description The value of `after` for the next page; null on the last one */
                        nextAfter: string | null;
                    };
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_CONNECT`: The API key does not have the scope connect */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createConnectSession: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectSessionRequest"];
            };
        };
        responses: {
            /** @description The session was made. Send the browser of the user to `connectUrl` */
            201: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /**
                         * Format: uri
                         * @description A secret of this user: it belongs to the first browser that opens it. Give it to the browser unchanged; the part behind its `#` reaches no log of a proxy
                         */
                        connectUrl: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid. `RESOURCES_TOO_MANY`: The request names more resources than Portage asks Google for at once. `RESOURCE_UNKNOWN`: This is not a resource of the Data Portability API. `RETURN_URL_NOT_ALLOWED`: The browser may not return to this address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_CONNECT`: The API key does not have the scope connect. `CONSENTS_QUOTA_REACHED`: The host app has as many connected consents as it may have */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONSENT_NOT_RENEWABLE`: This consent cannot be renewed. `CONSENT_NOT_REPLACEABLE`: This consent cannot be replaced. `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BODY_TOO_LARGE`: The body of the request is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `MEDIA_TYPE_UNSUPPORTED`: The body of the request is not JSON in UTF-8 */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSIONS_QUOTA_REACHED`: The host app has made as many connect sessions within 24 hours as it may make. `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConnectSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectSession"];
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_CONNECT`: The API key does not have the scope connect */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmConnectSession: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The value of `portage_code` with which the browser came back */
                    code: string;
                    /** @description Your user who is signed in in that browser */
                    userId: string;
                };
            };
        };
        responses: {
            /** @description The session, now `connected` */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectSession"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_CONNECT`: The API key does not have the scope connect. `CONFIRMATION_CODE_WRONG`: This is not the code that Portage gave the browser. `CONFIRMATION_USER_WRONG`: The connect session was made for another user than the one who came back */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out. `NOTHING_TO_CONFIRM`: This connect session has nothing to confirm */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFIRMATION_EXPIRED`: The connect session was not confirmed in time. `CONFIRMATION_VOID`: There were too many wrong confirmations of this connect session. `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BODY_TOO_LARGE`: The body of the request is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `MEDIA_TYPE_UNSUPPORTED`: The body of the request is not JSON in UTF-8 */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelConnectSession: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session, now `cancelled` or as it had ended before */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectSession"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_CONNECT`: The API key does not have the scope connect */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONNECT_SESSION_CONNECTED`: This connect session has led to a consent, so it cannot be cancelled. `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened. `VAULT_KEY_MISSING`: A secret is sealed with a key that the configuration does not have. `VAULT_SEAL_BROKEN`: A sealed secret was altered or moved */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `NOT_READY`: Portage cannot answer this request at the moment. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConsents: {
        parameters: {
            query?: {
                userId?: string;
                state?: "active" | "ending" | "completed" | "expired" | "revoked" | "cancelled" | "superseded" | "deleted" | "unconfirmed" | "failed";
                /** @description Items of one page */
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The consents, without their exports */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ConsentWithoutExports"][];
                        /** @description The value of `after` for the next page; null on the last one */
                        nextAfter: string | null;
                    };
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConsent: {
        parameters: {
            query?: {
                before?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The consent with a page of its exports */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consent"];
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is stored, and Temporal has it. `GET /v1/consents/{id}` shows when it has taken effect */
            202: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentRequest"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `TEMPORAL_UNAVAILABLE`: Temporal does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseConsent: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is stored, and Temporal has it. `GET /v1/consents/{id}` shows when it has taken effect */
            202: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentRequest"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONSENT_ENDED`: This consent has ended. `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `TEMPORAL_UNAVAILABLE`: Temporal does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeConsent: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is stored, and Temporal has it. `GET /v1/consents/{id}` shows when it has taken effect */
            202: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentRequest"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONSENT_ENDED`: This consent has ended. `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `TEMPORAL_UNAVAILABLE`: Temporal does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportConsent: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Only this resource */
                    resource?: string;
                };
            };
        };
        responses: {
            /** @description The answer of each loop, the workflow that exports a resource or a batch of resources */
            202: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportRequest"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage. `SCOPE_MISSING`: The grant does not cover this resource */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONSENT_ENDED`: This consent has ended. `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BODY_TOO_LARGE`: The body of the request is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `MEDIA_TYPE_UNSUPPORTED`: The body of the request is not JSON in UTF-8 */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `NO_WORKER`: No worker answered in time. `TEMPORAL_UNAVAILABLE`: Temporal does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before. `WORKFLOW_MISSING`: Temporal does not run the workflow of this consent */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelConsent: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is stored, and Temporal has it. `GET /v1/consents/{id}` shows when it has taken effect */
            202: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentRequest"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONSENT_ENDED`: This consent has ended. `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `TEMPORAL_UNAVAILABLE`: Temporal does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConsentRecords: {
        parameters: {
            query?: {
                resource?: string[];
                kind?: components["schemas"]["RecordKind"][];
                state?: ("new" | "known" | "changed" | "gone" | "replaced")[];
                from?: string;
                to?: string;
                undated?: "keep" | "drop";
                limit?: number;
                after?: string;
                /** @description Only exports after this cursor; 0 for everything */
                since?: number;
            };
            header?: {
                "accept-encoding"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines, rows or one document. In NDJSON the schema is that of each line. A stream that breaks ends without a clean end of its transfer */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["RecordStream.line"];
                    "text/csv": string;
                    "application/ld+json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description `POSITION_INVALID`: This value is not a position in this stream. `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address. `STORAGE_MISSING`: An object is not in the storage */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RECORDS_REPLACED`: Portage has read the records of this export again in the meantime */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_KEY_MISSING`: There is no key for the stored data. `RECORDS_MISSING`: Stored records are missing, or were changed. `RECORDS_UNREADABLE`: The records of this archive could not be read. `SEGMENT_ALTERED`: A stored segment of a part was changed, cut or moved. `SEGMENT_MISSING`: A stored segment of a part is missing. `UNEXPECTED`: Something unexpected happened. `VAULT_KEY_MISSING`: A secret is sealed with a key that the configuration does not have. `VAULT_SEAL_BROKEN`: A sealed secret was altered or moved */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `KMS_UNAVAILABLE`: AWS KMS does not seal or open data keys. `STORAGE_UNAVAILABLE`: The storage cannot be reached. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countConsentRecords: {
        parameters: {
            query?: {
                /** @description Only exports after this cursor; 0 for everything */
                since?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordCounts"];
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address. `STORAGE_MISSING`: An object is not in the storage */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_KEY_MISSING`: There is no key for the stored data. `RECORDS_MISSING`: Stored records are missing, or were changed. `RECORDS_UNREADABLE`: The records of this archive could not be read. `SEGMENT_ALTERED`: A stored segment of a part was changed, cut or moved. `SEGMENT_MISSING`: A stored segment of a part is missing. `UNEXPECTED`: Something unexpected happened. `VAULT_KEY_MISSING`: A secret is sealed with a key that the configuration does not have. `VAULT_SEAL_BROKEN`: A sealed secret was altered or moved */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `KMS_UNAVAILABLE`: AWS KMS does not seal or open data keys. `STORAGE_UNAVAILABLE`: The storage cannot be reached. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExports: {
        parameters: {
            query?: {
                consentId?: string;
                resource?: string;
                state?: "initiating" | "waiting" | "downloading" | "verifying" | "reading" | "ready" | "partial" | "failed";
                /** @description Items of one page */
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exports */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Export"][];
                        /** @description The value of `after` for the next page; null on the last one */
                        nextAfter: string | null;
                    };
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmDelivery: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is noted */
            204: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `NOT_READY`: Portage cannot answer this request at the moment. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPart: {
        parameters: {
            query?: never;
            header?: {
                range?: string;
                "if-range"?: string;
            };
            path: {
                id: string;
                /** @description The number of the part, from 1 */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The part as Google delivered it */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            /** @description The range */
            206: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address. `STORAGE_MISSING`: An object is not in the storage */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RANGE_NOT_SATISFIABLE`: The range begins after the last byte */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_KEY_MISSING`: There is no key for the stored data. `SEGMENT_ALTERED`: A stored segment of a part was changed, cut or moved. `SEGMENT_MISSING`: A stored segment of a part is missing. `UNEXPECTED`: Something unexpected happened. `VAULT_KEY_MISSING`: A secret is sealed with a key that the configuration does not have. `VAULT_SEAL_BROKEN`: A sealed secret was altered or moved */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `KMS_UNAVAILABLE`: AWS KMS does not seal or open data keys. `STORAGE_UNAVAILABLE`: The storage cannot be reached. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The members, written while the directories are read */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address. `STORAGE_MISSING`: An object is not in the storage */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_KEY_MISSING`: There is no key for the stored data. `SEGMENT_ALTERED`: A stored segment of a part was changed, cut or moved. `SEGMENT_MISSING`: A stored segment of a part is missing. `UNEXPECTED`: Something unexpected happened. `VAULT_KEY_MISSING`: A secret is sealed with a key that the configuration does not have. `VAULT_SEAL_BROKEN`: A sealed secret was altered or moved */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `KMS_UNAVAILABLE`: AWS KMS does not seal or open data keys. `STORAGE_UNAVAILABLE`: The storage cannot be reached. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMember: {
        parameters: {
            query?: never;
            header?: {
                range?: string;
                "if-range"?: string;
            };
            path: {
                id: string;
                /** @description The number of the part, from 1 */
                part: string;
                /** @description The number of the entry in the directory of the part */
                entry: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The member; its media type follows from its name */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description The range */
            206: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address. `STORAGE_MISSING`: An object is not in the storage */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RANGE_NOT_SATISFIABLE`: The range begins after the last byte */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ARCHIVE_LIMIT`: The archive exceeds a limit of this server. `MEMBER_UNREADABLE`: This member is damaged, encrypted or compressed in a way that Portage cannot read. `PART_UNREADABLE`: The part is not a readable ZIP, so it has no members */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_KEY_MISSING`: There is no key for the stored data. `SEGMENT_ALTERED`: A stored segment of a part was changed, cut or moved. `SEGMENT_MISSING`: A stored segment of a part is missing. `UNEXPECTED`: Something unexpected happened. `VAULT_KEY_MISSING`: A secret is sealed with a key that the configuration does not have. `VAULT_SEAL_BROKEN`: A sealed secret was altered or moved */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `KMS_UNAVAILABLE`: AWS KMS does not seal or open data keys. `STORAGE_UNAVAILABLE`: The storage cannot be reached. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExportRecords: {
        parameters: {
            query?: {
                resource?: string[];
                kind?: components["schemas"]["RecordKind"][];
                state?: ("new" | "known" | "changed" | "gone" | "replaced")[];
                from?: string;
                to?: string;
                undated?: "keep" | "drop";
                limit?: number;
                after?: string;
            };
            header?: {
                "accept-encoding"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines, rows or one document. In NDJSON the schema is that of each line. A stream that breaks ends without a clean end of its transfer */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["RecordStream.line"];
                    "text/csv": string;
                    "application/ld+json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description `POSITION_INVALID`: This value is not a position in this stream. `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address. `STORAGE_MISSING`: An object is not in the storage */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RECORDS_REPLACED`: Portage has read the records of this export again in the meantime */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_KEY_MISSING`: There is no key for the stored data. `RECORDS_MISSING`: Stored records are missing, or were changed. `RECORDS_UNREADABLE`: The records of this archive could not be read. `SEGMENT_ALTERED`: A stored segment of a part was changed, cut or moved. `SEGMENT_MISSING`: A stored segment of a part is missing. `UNEXPECTED`: Something unexpected happened. `VAULT_KEY_MISSING`: A secret is sealed with a key that the configuration does not have. `VAULT_SEAL_BROKEN`: A sealed secret was altered or moved */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `KMS_UNAVAILABLE`: AWS KMS does not seal or open data keys. `NOT_READY`: Portage cannot answer this request at the moment. `STORAGE_UNAVAILABLE`: The storage cannot be reached. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRecordSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The summary */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordSummary"];
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address. `STORAGE_MISSING`: An object is not in the storage */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_KEY_MISSING`: There is no key for the stored data. `RECORDS_MISSING`: Stored records are missing, or were changed. `RECORDS_UNREADABLE`: The records of this archive could not be read. `SEGMENT_ALTERED`: A stored segment of a part was changed, cut or moved. `SEGMENT_MISSING`: A stored segment of a part is missing. `UNEXPECTED`: Something unexpected happened. `VAULT_KEY_MISSING`: A secret is sealed with a key that the configuration does not have. `VAULT_SEAL_BROKEN`: A sealed secret was altered or moved */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `KMS_UNAVAILABLE`: AWS KMS does not seal or open data keys. `NOT_READY`: Portage cannot answer this request at the moment. `STORAGE_UNAVAILABLE`: The storage cannot be reached. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description The position after which the events begin: `nextAfter` of the former answer. Without it, the oldest kept event is the first */
                after?: number;
                /** @description Events of one answer */
                limit?: number;
                types?: ("connect_session.awaiting_confirmation" | "connect_session.connected" | "connect_session.declined" | "connect_session.failed" | "connect_session.expired" | "connect_session.unconfirmed" | "connect_session.cancelled" | "consent.connected" | "consent.confirmed" | "consent.account_shared" | "consent.renewal_due" | "consent.renewed" | "consent.paused" | "consent.resumed" | "consent.superseded" | "consent.ended" | "export.started" | "export.delayed" | "export.ready" | "export.partial" | "export.failed" | "records.available" | "data.deleted" | "user.erased" | "webhook_endpoint.disabled" | "webhook_endpoint.test")[];
                /** @description Seconds that Portage waits for an event before it answers without one */
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, oldest first */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Event"][];
                        /** @description The position up to which everything was looked at, events of other types included */
                        nextAfter: number;
                    };
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `EVENTS_PRUNED`: Portage has removed some of the events after this position */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id that your app gave the user */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The consents of the user. A user of whom there are only connect sessions has none */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `USER_UNKNOWN`: Nothing of this user is stored: no consent and no connect session */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id that your app gave the user */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The deletion is stored and every workflow is signalled */
            202: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDeletion"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `USER_UNKNOWN`: Nothing of this user is stored: no consent and no connect session */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description Items of one page */
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of endpoints */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookEndpoint"][];
                        /** @description The value of `after` for the next page; null on the last one */
                        nextAfter: string | null;
                    };
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A public https address. The part after the host may be secret */
                    url: string;
                    /** @description Only events of these types; leave it out for all */
                    eventTypes?: ("connect_session.awaiting_confirmation" | "connect_session.connected" | "connect_session.declined" | "connect_session.failed" | "connect_session.expired" | "connect_session.unconfirmed" | "connect_session.cancelled" | "consent.connected" | "consent.confirmed" | "consent.account_shared" | "consent.renewal_due" | "consent.renewed" | "consent.paused" | "consent.resumed" | "consent.superseded" | "consent.ended" | "export.started" | "export.delayed" | "export.ready" | "export.partial" | "export.failed" | "records.available" | "data.deleted" | "user.erased" | "webhook_endpoint.disabled" | "webhook_endpoint.test")[];
                };
            };
        };
        responses: {
            /** @description The endpoint, with the secrets that verify its webhooks */
            201: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhookEndpoint"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid. `WEBHOOK_URL_REFUSED`: Webhooks are not sent to this address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out. `WEBHOOK_ENDPOINTS_TOO_MANY`: The host app has as many webhook endpoints as it may have */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BODY_TOO_LARGE`: The body of the request is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `MEDIA_TYPE_UNSUPPORTED`: The body of the request is not JSON in UTF-8 */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted */
            204: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A public https address. The part after the host may be secret */
                    url?: string;
                    /** @description Only events of these types; null for all */
                    eventTypes?: ("connect_session.awaiting_confirmation" | "connect_session.connected" | "connect_session.declined" | "connect_session.failed" | "connect_session.expired" | "connect_session.unconfirmed" | "connect_session.cancelled" | "consent.connected" | "consent.confirmed" | "consent.account_shared" | "consent.renewal_due" | "consent.renewed" | "consent.paused" | "consent.resumed" | "consent.superseded" | "consent.ended" | "export.started" | "export.delayed" | "export.ready" | "export.partial" | "export.failed" | "records.available" | "data.deleted" | "user.erased" | "webhook_endpoint.disabled" | "webhook_endpoint.test")[] | null;
                };
            };
        };
        responses: {
            /** @description The endpoint */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid. `WEBHOOK_URL_REFUSED`: Webhooks are not sent to this address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BODY_TOO_LARGE`: The body of the request is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `MEDIA_TYPE_UNSUPPORTED`: The body of the request is not JSON in UTF-8 */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description A day unless given. With 0, the present secrets end at once */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description The new secrets */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecrets"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BODY_TOO_LARGE`: The body of the request is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `MEDIA_TYPE_UNSUPPORTED`: The body of the request is not JSON in UTF-8 */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event is sent as soon as the endpoint is enabled */
            202: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTest"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Items of one page */
                limit?: number;
                after?: string;
                state?: "pending" | "delivered" | "failed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookDelivery"][];
                        /** @description The value of `after` for the next page; null on the last one */
                        nextAfter: string | null;
                    };
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhookEvents: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description This event */
                    eventId?: string;
                    /**
                     * Format: date-time
                     * @description Events from this time on
                     */
                    since?: string;
                    /**
                     * Format: date-time
                     * @description Events before this time; only with `since`
                     */
                    until?: string;
                    /**
                     * @description Every event whose last try failed
                     * @constant
                     */
                    failures?: true;
                };
            };
        };
        responses: {
            /** @description They are sent in the order of their positions */
            202: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            /** @description `REPLAY_TOO_LARGE`: These are too many events for one request. `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_MANAGE`: The API key does not have the scope manage */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BODY_TOO_LARGE`: The body of the request is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `MEDIA_TYPE_UNSUPPORTED`: The body of the request is not JSON in UTF-8 */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description Items of one page */
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys, without the secrets */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiKey"][];
                        /** @description The value of `after` for the next page; null on the last one */
                        nextAfter: string | null;
                    };
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_ADMIN`: The API key does not have the scope admin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description What the key is for */
                    name?: string;
                    /** @description connect and read unless given */
                    scopes?: ("connect" | "read" | "manage" | "admin")[];
                    /** @description The key stops working after this time; leave it out for a key that does not expire */
                    expiresInSeconds?: number;
                };
            };
        };
        responses: {
            /** @description The key */
            201: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_ADMIN`: The API key does not have the scope admin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEYS_TOO_MANY`: The host app has as many API keys as it may have. `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BODY_TOO_LARGE`: The body of the request is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `MEDIA_TYPE_UNSUPPORTED`: The body of the request is not JSON in UTF-8 */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Both keys work for this long, a day unless given. With 0, the former key ends at once */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description The new key */
            201: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description `true` where this answer was given before */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedApiKey"];
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_ADMIN`: The API key does not have the scope admin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEYS_TOO_MANY`: The host app has as many API keys as it may have. `API_KEY_REPLACED`: The API key was replaced before, and works only until its overlap ends. `IDEMPOTENCY_KEY_IN_USE`: The first request with this Idempotency-Key is still being carried out */
            409: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATA_DELETED`: This data and its key were deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BODY_TOO_LARGE`: The body of the request is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `MEDIA_TYPE_UNSUPPORTED`: The body of the request is not JSON in UTF-8 */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY_KEY_REUSED`: This Idempotency-Key was used with another request before */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is revoked */
            204: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_ADMIN`: The API key does not have the scope admin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing at this address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listResources: {
        parameters: {
            query?: {
                /** @description Items of one page */
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The resources that Portage knows, and those that the operator added with EXTRA_RESOURCES */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Resource"][];
                        /** @description The value of `after` for the next page; null on the last one */
                        nextAfter: string | null;
                    };
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The checks of the server and the last report of each worker (docs/readiness.md) */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_EXPIRED`: The API key has expired. `API_KEY_INVALID`: The API key is missing or not known. `API_KEY_MALFORMED`: This is not an API key of Portage, or a character of it is wrong. `API_KEY_UNACCEPTED`: The API key was made by an earlier release, and the operator has not accepted it yet */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `API_KEY_LACKS_READ`: The API key does not have the scope read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document, of version 3.1 of OpenAPI */
            200: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description You have this answer already: its ETag is in `If-None-Match` */
            304: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
                    /** @description For `If-None-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `REQUEST_INVALID`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not support this method */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_ACCEPTABLE`: Portage does not have the requested format */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: There were too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNEXPECTED`: Something unexpected happened */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DATABASE_BUSY`: Every database connection of this process is in use. `DATABASE_OUTDATED`: The database lacks a migration of this release. `DATABASE_UNAVAILABLE`: The database does not answer. `VAULT_KEY_WRONG`: A key of VAULT_KEYS differs from the key that was used under the same id before */
            503: {
                headers: {
                    /** @description Seconds to wait before the next try */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
