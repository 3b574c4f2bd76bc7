// Made from docs/openapi.json by tools/generate-client.mjs. Do not edit.
export interface paths {
    "/v1/connect-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
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
        /** Say what became of a connect session */
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
    "/v1/consents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say how a consent and its exports are */
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
        /** Count the records of one export, and name what could not be read */
        get: operations["getRecordSummary"];
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
        get?: never;
        put?: never;
        post?: never;
        /** End and delete everything of one of your users */
        delete: operations["deleteUser"];
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
        /** Say whether server and workers can do their work, in words */
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
                /** @description What the code means; always the same for a code */
                title: string;
                /** @description The HTTP status */
                status: number;
                /** @description What happened this time. Names the values that are wrong */
                detail: string;
                /** @description The stable code: one of `src/domain/error-codes.ts` */
                code: string;
                /** @description What to do about it */
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
                    /** @description What is wrong with it, and what helps */
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
        };
        /** @enum {string} */
        RecordKind: "activity" | "visit" | "history_entry" | "bookmark" | "reading_list_item" | "dictionary_word" | "extension" | "autofill" | "setting" | "comment" | "live_chat_message" | "subscription" | "channel" | "channel_detail" | "playlist" | "playlist_item" | "video" | "video_detail" | "video_interaction" | "song" | "message" | "post" | "clip" | "wishlist_item" | "playable" | "saved_place" | "labeled_place" | "review" | "review_draft" | "photo" | "app_install" | "library_item" | "purchase" | "play_subscription" | "order" | "play_device" | "redemption" | "promotion" | "play_setting" | "grouping_tag" | "play_points" | "play_points_membership" | "play_review" | "play_entry" | "saved_item" | "discover_follow" | "discover_like" | "discover_not_interested" | "search_comment" | "search_review" | "streaming_provider" | "search_thumb" | "watched_title" | "alert" | "notification_setting" | "notification_subscription" | "product_review" | "merchant_review" | "merchant_order" | "reservation" | "business_message" | "own_map" | "map_feature" | "commute_route" | "commute_setting" | "ev_profile" | "vehicle_profile" | "offering_contribution" | "factual_contribution" | "place_question" | "track_point" | "nest_event" | "file";
        Problem: {
            /** @description The address of a page about this code at this server: `/problems/<code>` */
            type: string;
            /** @description What the code means; always the same for a code */
            title: string;
            /** @description The HTTP status */
            status: number;
            /** @description What happened this time. Names the values that are wrong */
            detail: string;
            /** @description The stable code: one of `src/domain/error-codes.ts` */
            code: string;
            /** @description What to do about it */
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
                /** @description What is wrong with it, and what helps */
                detail: string;
                /** @description The wrong value as JSON, cut after 60 characters. Secrets are left out */
                value?: string;
            }[];
            /** @description The request, as the log of the server names it */
            requestId?: string;
        };
        ConnectSession: {
            id: string;
            /** @description Null once the data of the user are deleted */
            userId: string | null;
            /** @enum {string} */
            state: "created" | "started" | "awaiting_confirmation" | "connected" | "declined" | "failed" | "expired" | "unconfirmed";
            /** @description One of the codes of `src/domain/error-codes.ts`; null when there was no error */
            errorCode: string | null;
            resources: string[];
            since: string | null;
            renewsConsentId: string | null;
            /** @description Whether the grant renewed that consent; false when it became a consent of its own */
            renewed: boolean | null;
            consentId: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description Until when your app can confirm the session */
            confirmBy: string | null;
            confirmedAt: string | null;
        };
        Consent: {
            id: string;
            /** @description Null once the data of the user are deleted */
            userId: string | null;
            /** @enum {string} */
            state: "active" | "ending" | "completed" | "expired" | "revoked" | "cancelled" | "superseded" | "deleted" | "unconfirmed" | "failed";
            /** @description One of the codes of `src/domain/error-codes.ts`; null when there was no error */
            errorCode: string | null;
            /** @description Null while Google has not said it */
            accessType: ("one_time" | "time_based") | null;
            requestedResources: string[];
            grantedResources: string[];
            /** @description Those that a newer consent of the user has taken over */
            supersededResources: string[];
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
            /** @description What became of ending the grant at Google */
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
            /** @description The newest first, 100 at most */
            exports: components["schemas"]["Export"][];
            /** @description The value of `before` for older exports; null when there are none */
            nextBefore: string | null;
        };
        Export: {
            id: string;
            consentId: string;
            /** @description What this series of exports is of: a resource, or `batch` */
            resource: string;
            /** @description What this export holds */
            resources: string[];
            /** @description 1 for the first export of this series */
            cycle: number;
            /** @enum {string} */
            state: "initiating" | "waiting" | "downloading" | "verifying" | "reading" | "ready" | "partial" | "failed";
            verdict: ("complete" | "incomplete_at_google" | "unverified" | "corrupt") | null;
            /** @description One of the codes of `src/domain/error-codes.ts`; null when there was no error */
            errorCode: string | null;
            /** @description What verification found (docs/verification.md) */
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
            /** @description What reading the records gave; null before it has begun */
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
        /** @description What was asked for, of which consent */
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
            /** @description The value of `since` for what comes later */
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
        UserDeletion: {
            userId: string;
            consentIds: string[];
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
    createConnectSession: {
        parameters: {
            query?: never;
            header?: never;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /**
                         * Format: uri
                         * @description A secret of this user: it belongs to the first browser that opens it
                         */
                        connectUrl: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description `REQUEST_INVALID`: The request is not valid. `RESOURCES_TOO_MANY`: Google does not accept a request for so many resources. `RESOURCE_UNKNOWN`: This is not a resource of the Data Portability API. `RETURN_URL_NOT_ALLOWED`: The browser may not return to this address */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `CONSENT_NOT_RENEWABLE`: This consent cannot be renewed */
            409: {
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            header?: never;
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `NOTHING_TO_CONFIRM`: This connect session has nothing to confirm */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFIRMATION_EXPIRED`: The connect session was not confirmed in time. `CONFIRMATION_VOID`: There were too many wrong confirmations of this connect session */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `CONSENT_ENDED`: This consent has ended */
            409: {
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `CONSENT_ENDED`: This consent has ended */
            409: {
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
            header?: never;
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
            /** @description What each series of exports answered */
            202: {
                headers: {
                    /** @description How many requests are left, and for how many seconds */
                    RateLimit?: string;
                    /** @description How many requests a window of time allows */
                    "RateLimit-Policy"?: string;
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `CONSENT_ENDED`: This consent has ended */
            409: {
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `CONSENT_ENDED`: This consent has ended */
            409: {
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            header?: never;
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `USER_UNKNOWN`: Nothing of this user is there: no consent and no connect session */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
            /** @description `METHOD_NOT_ALLOWED`: This address does not take this method */
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
