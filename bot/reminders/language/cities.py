"""Cities that people say they live in, and that no time zone is called after."""

from __future__ import annotations

# A time zone, and cities on its clocks, with commas between.
_CITIES = {
    "Europe/London": (
        "aberdeen, bath, belfast, birmingham, blackburn, blackpool, bolton, bournemouth, bradford,"
        " brighton, bristol, cambridge, canterbury, cardiff, carlisle, cheltenham, chester,"
        " colchester, coventry, croydon, derby, derry, doncaster, dundee, durham, edinburgh,"
        " exeter, glasgow, gloucester, grimsby, halifax uk, harrogate, huddersfield, hull,"
        " inverness, ipswich, kent, cornwall, devon, yorkshire, lancashire, essex, surrey, sussex,"
        " norfolk, suffolk, leeds, leicester, lincoln, liverpool, luton, maidstone, manchester,"
        " middlesbrough, milton keynes, newcastle, newport, northampton, northern ireland, norwich,"
        " nottingham, oldham, oxford, perth scotland, peterborough, plymouth, poole, portsmouth,"
        " preston, reading, rochdale, salford, salisbury, scarborough, sheffield, shrewsbury,"
        " slough, southampton, southend, southport, stirling, stockport, stoke, stoke on trent,"
        " sunderland, swansea, swindon, telford, torquay, truro, wakefield, warrington, watford,"
        " wigan, winchester, wolverhampton, worcester, worthing, wrexham, york, england, britain,"
        " great britain, the uk, uk, scotland, wales"
    ),
    "Europe/Dublin": "cork, galway, limerick, waterford, kilkenny, sligo, ireland",
    "Europe/Berlin": (
        "aachen, augsburg, bielefeld, bochum, bonn, braunschweig, bremen, chemnitz, cologne, koln,"
        " dortmund, dresden, duisburg, dusseldorf, duesseldorf, erfurt, essen, frankfurt, freiburg,"
        " gottingen, halle, hamburg, hannover, hanover, heidelberg, karlsruhe, kassel, kiel,"
        " leipzig, lubeck, magdeburg, mainz, mannheim, munich, munchen, munster, nuremberg,"
        " nurnberg, potsdam, regensburg, rostock, saarbrucken, stuttgart, ulm, wiesbaden, wuppertal"
    ),
    "Europe/Paris": (
        "bordeaux, dijon, grenoble, le havre, lille, lyon, marseille, metz, montpellier, nancy,"
        " nantes, nice, orleans, reims, rennes, rouen, strasbourg, toulon, toulouse, tours"
    ),
    "Europe/Madrid": (
        "alicante, barcelona, bilbao, cordoba spain, granada, ibiza, malaga, majorca, mallorca,"
        " murcia, palma, pamplona, salamanca, san sebastian, santander, seville, sevilla, valencia,"
        " valladolid, vigo, zaragoza"
    ),
    "Europe/Rome": (
        "bari, bergamo, bologna, brescia, catania, florence, firenze, genoa, milan, milano, modena,"
        " naples, napoli, padua, palermo, parma, pisa, ravenna, rimini, siena, trieste, turin,"
        " torino, venice, verona"
    ),
    "Europe/Warsaw": (
        "bialystok, bydgoszcz, czestochowa, gdansk, gdynia, katowice, kielce, krakow, cracow, lodz,"
        " lublin, opole, poznan, radom, rzeszow, sopot, szczecin, torun, wroclaw, zakopane, poland"
    ),
    "Europe/Amsterdam": (
        "almere, breda, delft, den haag, eindhoven, groningen, haarlem, leiden, maastricht,"
        " nijmegen, rotterdam, the hague, hague, tilburg, utrecht, holland, netherlands"
    ),
    "Europe/Brussels": "antwerp, bruges, charleroi, ghent, leuven, liege, namur",
    "Europe/Zurich": "basel, bern, geneva, lausanne, lucerne, lugano, st gallen, winterthur",
    "Europe/Vienna": "graz, innsbruck, klagenfurt, linz, salzburg",
    "Europe/Stockholm": "gothenburg, goteborg, linkoping, lund, malmo, orebro, umea, uppsala",
    "Europe/Oslo": "bergen, stavanger, tromso, trondheim",
    "Europe/Copenhagen": "aalborg, aarhus, odense",
    "Europe/Helsinki": "espoo, oulu, tampere, turku",
    "Europe/Lisbon": "braga, coimbra, faro, oporto, porto, algarve",
    "Europe/Prague": "brno, ostrava, pilsen, plzen",
    "Europe/Budapest": "debrecen, miskolc, pecs, szeged",
    "Europe/Bucharest": "brasov, cluj, constanta, iasi, sibiu, timisoara",
    "Europe/Athens": "crete, corfu, heraklion, patras, piraeus, rhodes, thessaloniki",
    "Europe/Istanbul": "adana, ankara, antalya, bursa, izmir, konya",
    "Europe/Kyiv": "dnipro, kharkiv, kyiv, lviv, odesa, odessa",
    "Europe/Zagreb": "rijeka, split, zadar, dubrovnik",
    "Europe/Sofia": "burgas, plovdiv, varna",
    "America/New_York": (
        "albany, atlanta, baltimore, boston, brooklyn, buffalo, charleston, charlotte, cincinnati,"
        " cleveland, columbus, connecticut, delaware, jacksonville, maine, manhattan, maryland,"
        " miami, new hampshire, new haven, new jersey, newark, north carolina, nyc, orlando,"
        " philadelphia, pittsburgh, providence, queens, raleigh, rhode island, richmond, rochester,"
        " savannah, south carolina, syracuse, tampa, vermont, washington, washington dc, dc"
    ),
    "America/Chicago": (
        "alabama, arkansas, austin, baton rouge, dallas, des moines, fort worth,"
        " houston, iowa, kansas city, little rock, madison, memphis, milwaukee, minneapolis,"
        " mississippi, missouri, mobile alabama, nashville, new orleans, oklahoma, oklahoma city,"
        " omaha, san antonio, st louis, saint louis, st paul, tulsa, wichita"
    ),
    "America/Denver": "albuquerque, boulder, cheyenne, colorado springs, el paso, montana,"
    " salt lake city, santa fe, wyoming",
    "America/Phoenix": "mesa, scottsdale, tucson",
    "America/Los_Angeles": (
        "bakersfield, fresno, la, las vegas, oakland, palo alto, portland, portland oregon, reno,"
        " sacramento, san diego, san francisco, san jose california, seattle, spokane, tacoma"
    ),
    "America/Toronto": "hamilton, kingston ontario, london ontario, mississauga, montreal, ottawa,"
    " quebec, quebec city",
    "America/Edmonton": "alberta, calgary",
    "America/Vancouver": "victoria bc",
    "America/Winnipeg": "manitoba",
    "America/Halifax": "nova scotia",
    "America/Sao_Paulo": "belo horizonte, brasilia, campinas, curitiba, florianopolis,"
    " porto alegre, rio, rio de janeiro, salvador",
    "America/Mexico_City": "guadalajara, puebla, oaxaca",
    "America/Bogota": "cali, cartagena, medellin",
    "Asia/Kolkata": (
        "agra, ahmedabad, bangalore, bengaluru, bhopal, bombay, calcutta, chandigarh, chennai,"
        " cochin, coimbatore, delhi, goa, gurgaon, hyderabad, indore, jaipur, kerala, kochi,"
        " lucknow, madras, mumbai, mysore, nagpur, new delhi, noida, patna, pune, surat, india"
    ),
    "Asia/Karachi": "faisalabad, islamabad, lahore, multan, peshawar, rawalpindi",
    "Asia/Dhaka": "chittagong, sylhet",
    "Asia/Shanghai": (
        "beijing, chengdu, dalian, guangzhou, hangzhou, nanjing, qingdao, shenzhen, suzhou,"
        " tianjin, wuhan, xiamen, xian"
    ),
    "Asia/Tokyo": "fukuoka, hiroshima, kobe, kyoto, nagoya, okinawa, osaka, sapporo, sendai,"
    " yokohama",
    "Asia/Seoul": "busan, daegu, incheon",
    "Asia/Ho_Chi_Minh": "da nang, hanoi, saigon",
    "Asia/Bangkok": "chiang mai, pattaya, phuket",
    "Asia/Manila": "cebu, davao, quezon city",
    "Asia/Kuala_Lumpur": "johor bahru, penang",
    "Asia/Dubai": "abu dhabi, sharjah",
    "Asia/Riyadh": "jeddah, mecca, medina",
    "Asia/Jerusalem": "haifa, tel aviv",
    "Australia/Sydney": "canberra, newcastle nsw, wollongong",
    "Australia/Brisbane": "cairns, gold coast, sunshine coast, townsville",
    "Australia/Melbourne": "ballarat, bendigo, geelong, tasmania",
    "Pacific/Auckland": "christchurch, dunedin, hamilton nz, queenstown, wellington",
    "Africa/Johannesburg": "cape town, durban, port elizabeth, pretoria, soweto",
    "Africa/Lagos": "abuja, ibadan, kano, port harcourt",
    "Africa/Cairo": "alexandria, giza",
    "Africa/Nairobi": "mombasa",
    "Africa/Casablanca": "agadir, fez, marrakech, marrakesh, rabat, tangier",
}  # fmt: skip

# City, to the zone on whose clocks it is.
ZONE_OF = {city.strip(): zone for zone, cities in _CITIES.items() for city in cities.split(",")}
