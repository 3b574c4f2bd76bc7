/**
 * Abbreviations of time zones in minutes east of UTC. Source: the abbreviations that the IANA time zone database uses
 * since 1970 (https://www.iana.org/time-zones, release 2025b), those of CLDR in Czech, German, Portuguese and Canadian
 * French (`timeZoneNames`), and TRT, which pages in Turkish have. Abbreviations of several zones are left out: CST
 * (America, China, Cuba), IST (India, Israel, Ireland), BST (Britain, Bangladesh), AST (Atlantic, Arabia), SST (Samoa,
 * Singapore). PST and CDT are the American ones: pages that CLDR writes have an offset in their place for the
 * Philippines and for Cuba.
 */
export const zones: Readonly<Record<string, number>> = {
  ...{ UTC: 0, GMT: 0, Z: 0, WET: 0, WEST: 60 },
  ...{ CET: 60, MEZ: 60, CEST: 120, MESZ: 120, EET: 120, OEZ: 120, EEST: 180, OESZ: 180, MSK: 180, TRT: 180 },
  ...{ SEČ: 60, SELČ: 120, BRT: -180, BRST: -120 },
  ...{ HNE: -300, HAE: -240, HNC: -360, HAC: -300, HNR: -420, HAR: -360, HNP: -480, HAP: -420, HNT: -210, HAT: -150 },
  ...{ WAT: 60, CAT: 120, SAST: 120, EAT: 180 },
  ...{ EST: -300, EDT: -240, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420 },
  ...{ NST: -210, NDT: -150, AKST: -540, AKDT: -480, HST: -600 },
  ...{ JST: 540, KST: 540, HKT: 480, PKT: 300, WIB: 420, WITA: 480, WIT: 540 },
  ...{ AWST: 480, ACST: 570, ACDT: 630, AEST: 600, AEDT: 660, NZST: 720, NZDT: 780 },
};
