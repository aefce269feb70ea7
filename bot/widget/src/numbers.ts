/** Whom to call. Made of data/emergency_numbers.yml by `acupoint docs`. */

export interface Numbers {
  /** How a person says that they are there. */
  said: string;
  emergency: string;
  urgent?: string;
  crisis?: string;
  /** The time zones of the country, as a device names them, with blanks between. */
  zones: string;
}

export const NUMBERS: Record<string, Numbers> = {
  AE: { said: "I am in the United Arab Emirates.", emergency: "998", zones: "Asia/Dubai" },
  AT: { said: "I am in Austria.", emergency: "112", crisis: "Telefonseelsorge on 142", zones: "Europe/Vienna" },
  AU: { said: "I am in Australia.", emergency: "000", crisis: "Lifeline on 13 11 14", zones: "Antarctica/Macquarie Australia/ACT Australia/Adelaide Australia/Brisbane Australia/Broken_Hill Australia/Canberra Australia/Currie Australia/Darwin Australia/Eucla Australia/Hobart Australia/LHI Australia/Lindeman Australia/Lord_Howe Australia/Melbourne Australia/NSW Australia/North Australia/Perth Australia/Queensland Australia/South Australia/Sydney Australia/Tasmania Australia/Victoria Australia/West Australia/Yancowinna" },
  BE: { said: "I am in Belgium.", emergency: "112", zones: "Europe/Brussels" },
  BG: { said: "I am in Bulgaria.", emergency: "112", zones: "Europe/Sofia" },
  BR: { said: "I am in Brazil.", emergency: "192", zones: "America/Araguaina America/Bahia America/Belem America/Boa_Vista America/Campo_Grande America/Cuiaba America/Eirunepe America/Fortaleza America/Maceio America/Manaus America/Noronha America/Porto_Acre America/Porto_Velho America/Recife America/Rio_Branco America/Santarem America/Sao_Paulo" },
  CA: { said: "I am in Canada.", emergency: "911", crisis: "988 (call or text)", zones: "America/Atikokan America/Blanc-Sablon America/Cambridge_Bay America/Creston America/Dawson America/Dawson_Creek America/Edmonton America/Fort_Nelson America/Glace_Bay America/Goose_Bay America/Halifax America/Inuvik America/Iqaluit America/Moncton America/Montreal America/Nipigon America/Pangnirtung America/Rainy_River America/Rankin_Inlet America/Regina America/Resolute America/St_Johns America/Swift_Current America/Thunder_Bay America/Toronto America/Vancouver America/Whitehorse America/Winnipeg America/Yellowknife" },
  CH: { said: "I am in Switzerland.", emergency: "144", crisis: "the helping hand line 143", zones: "Europe/Zurich" },
  CN: { said: "I am in China.", emergency: "120", zones: "Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Kashgar Asia/Shanghai Asia/Urumqi" },
  CY: { said: "I am in Cyprus.", emergency: "112", zones: "Asia/Famagusta Asia/Nicosia" },
  CZ: { said: "I am in Czech Republic.", emergency: "112", zones: "Europe/Prague" },
  DE: { said: "I am in Germany.", emergency: "112", urgent: "the medical on-call line 116 117", crisis: "Telefonseelsorge on 0800 111 0 111", zones: "Europe/Berlin Europe/Busingen" },
  DK: { said: "I am in Denmark.", emergency: "112", zones: "Europe/Copenhagen" },
  EE: { said: "I am in Estonia.", emergency: "112", zones: "Europe/Tallinn" },
  ES: { said: "I am in Spain.", emergency: "112", crisis: "024", zones: "Africa/Ceuta Atlantic/Canary Europe/Madrid" },
  FI: { said: "I am in Finland.", emergency: "112", zones: "Europe/Helsinki" },
  FR: { said: "I am in France.", emergency: "112", crisis: "3114", zones: "Europe/Paris" },
  GB: { said: "I am in the United Kingdom.", emergency: "999", urgent: "NHS 111", crisis: "Samaritans on 116 123", zones: "Europe/Belfast Europe/London" },
  GR: { said: "I am in Greece.", emergency: "112", zones: "Europe/Athens" },
  HK: { said: "I am in Hong Kong.", emergency: "999", zones: "Asia/Hong_Kong" },
  HR: { said: "I am in Croatia.", emergency: "112", zones: "Europe/Zagreb" },
  HU: { said: "I am in Hungary.", emergency: "112", zones: "Europe/Budapest" },
  IE: { said: "I am in Ireland.", emergency: "112", crisis: "Samaritans on 116 123", zones: "Europe/Dublin" },
  IL: { said: "I am in Israel.", emergency: "101", zones: "Asia/Jerusalem Asia/Tel_Aviv" },
  IN: { said: "I am in India.", emergency: "112", crisis: "Tele MANAS on 14416", zones: "Asia/Calcutta Asia/Kolkata" },
  IS: { said: "I am in Iceland.", emergency: "112", zones: "Atlantic/Reykjavik" },
  IT: { said: "I am in Italy.", emergency: "112", zones: "Europe/Rome" },
  JP: { said: "I am in Japan.", emergency: "119", zones: "Asia/Tokyo" },
  KR: { said: "I am in South Korea.", emergency: "119", zones: "Asia/Seoul" },
  LT: { said: "I am in Lithuania.", emergency: "112", zones: "Europe/Vilnius" },
  LU: { said: "I am in Luxembourg.", emergency: "112", zones: "Europe/Luxembourg" },
  LV: { said: "I am in Latvia.", emergency: "112", zones: "Europe/Riga" },
  MT: { said: "I am in Malta.", emergency: "112", zones: "Europe/Malta" },
  MX: { said: "I am in Mexico.", emergency: "911", zones: "America/Bahia_Banderas America/Cancun America/Chihuahua America/Ciudad_Juarez America/Ensenada America/Hermosillo America/Matamoros America/Mazatlan America/Merida America/Mexico_City America/Monterrey America/Ojinaga America/Santa_Isabel America/Tijuana" },
  MY: { said: "I am in Malaysia.", emergency: "999", zones: "Asia/Kuala_Lumpur Asia/Kuching" },
  NG: { said: "I am in Nigeria.", emergency: "112", zones: "Africa/Lagos" },
  NL: { said: "I am in the Netherlands.", emergency: "112", crisis: "113", zones: "Europe/Amsterdam" },
  NO: { said: "I am in Norway.", emergency: "113", urgent: "the medical on-call line 116 117", zones: "Europe/Oslo" },
  NZ: { said: "I am in New Zealand.", emergency: "111", crisis: "1737 (call or text)", zones: "Pacific/Auckland Pacific/Chatham" },
  PH: { said: "I am in the Philippines.", emergency: "911", zones: "Asia/Manila" },
  PL: { said: "I am in Poland.", emergency: "112", zones: "Europe/Warsaw" },
  PT: { said: "I am in Portugal.", emergency: "112", zones: "Atlantic/Azores Atlantic/Madeira Europe/Lisbon" },
  RO: { said: "I am in Romania.", emergency: "112", zones: "Europe/Bucharest" },
  SE: { said: "I am in Sweden.", emergency: "112", urgent: "1177", zones: "Europe/Stockholm" },
  SG: { said: "I am in Singapore.", emergency: "995", zones: "Asia/Singapore" },
  SI: { said: "I am in Slovenia.", emergency: "112", zones: "Europe/Ljubljana" },
  SK: { said: "I am in Slovakia.", emergency: "112", zones: "Europe/Bratislava" },
  TR: { said: "I am in Turkey.", emergency: "112", zones: "Europe/Istanbul" },
  TW: { said: "I am in Taiwan.", emergency: "119", zones: "Asia/Taipei" },
  US: { said: "I am in the United States.", emergency: "911", crisis: "988 (call or text)", zones: "America/Adak America/Anchorage America/Atka America/Boise America/Chicago America/Denver America/Detroit America/Fort_Wayne America/Indiana/Indianapolis America/Indiana/Knox America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Tell_City America/Indiana/Vevay America/Indiana/Vincennes America/Indiana/Winamac America/Indianapolis America/Juneau America/Kentucky/Louisville America/Kentucky/Monticello America/Knox_IN America/Los_Angeles America/Louisville America/Menominee America/Metlakatla America/New_York America/Nome America/North_Dakota/Beulah America/North_Dakota/Center America/North_Dakota/New_Salem America/Phoenix America/Shiprock America/Sitka America/Yakutat Pacific/Honolulu Pacific/Johnston" },
  ZA: { said: "I am in South Africa.", emergency: "112", zones: "Africa/Johannesburg" },
};
