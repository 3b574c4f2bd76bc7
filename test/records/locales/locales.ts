/** The locales whose dates Portage can read: those of CLDR, with the regions that write dates in another way. */

const languages =
  'af agq ak am ar as asa ast az bas be bem bez bg bho blo bm bn bo br brx bs ca ccp ce ceb cgg chr ckb cs cv cy da dav ' +
  'de dje doi dsb dua dyo dz ebu ee el en eo es et eu ewo fa ff fi fil fo fr fur fy ga gd gl gsw gu guz gv ha haw he hi ' +
  'hr hsb hu hy ia id ie ig ii is it ja jgo jmc jv ka kab kam kde kea kgp khq ki kk kkj kl kln km kn ko kok ks ksb ksf ' +
  'ksh ku kw kxv ky lag lb lg lij lkt lmo ln lo lrc lt lu luo luy lv mai mas mer mfe mg mgh mgo mi mk ml mn mni mr ms mt ' +
  'mua my mzn naq nb nd nds ne nl nmg nn nnh no nqo nus nyn oc om or os pa pcm pl prg ps pt qu raj rm rn ro rof ru rw rwk ' +
  'sa sah saq sat sbp sc sd se seh ses sg shi si sk sl smn sn so sq sr su sv sw syr szl ta te teo tg th ti tk to tok tr ' +
  'tt twq tzm ug uk ur uz vai vec vi vmw vo vun wae wo xh xnr xog yav yi yo yrl yue za zgh zh zu';
const regions =
  'en-AU en-BE en-BW en-CA en-CH en-DE en-DK en-FI en-GB en-HK en-ID en-IE en-IL en-IN en-MT en-MY en-NL en-NZ en-PH en-SE ' +
  'en-SG en-ZA en-ZW es-419 es-AR es-BO es-CL es-CO es-CR es-DO es-EC es-GT es-HN es-MX es-PA es-PE es-PR es-PY es-US es-UY ' +
  'es-VE pt-PT pt-AO pt-CH fr-BE fr-CA fr-CH fr-MA de-AT de-CH de-LI it-CH nl-BE sv-FI zh-TW zh-HK zh-MO zh-SG zh-Hans-HK ' +
  'ar-AE ar-DZ ar-EG ar-IQ ar-JO ar-LB ar-LY ar-MA ar-MR ar-PS ar-SA ar-SY ar-TN ar-YE sr-Latn sr-Latn-BA sr-Cyrl-BA ' +
  'sr-Latn-ME bs-Cyrl uz-Cyrl uz-Arab az-Cyrl pa-Arab hi-Latn yue-Hans ur-IN fa-AF ps-PK ms-BN ms-SG ta-MY ta-LK sd-Deva ' +
  'vai-Latn shi-Latn kok-Latn ks-Deva mni-Beng ff-Adlm yo-BJ ckb-IR ro-MD ru-UA ru-KZ bn-IN ne-IN ko-KP sw-CD sw-KE so-KE ' +
  'se-FI ca-FR da-GL el-CY eu-FR hr-BA sq-XK tr-CY uk-UA kk-Arab ku-Latn om-KE qu-BO teo-KE ti-ER mk-MK';

/** Those that this Node supports. */
export const knownLocales: readonly string[] = Intl.DateTimeFormat.supportedLocalesOf(
  `${languages} ${regions}`.split(' '),
);
