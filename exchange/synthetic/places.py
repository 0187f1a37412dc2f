"""Where synthetic partnerships are: countries in the order in which they are drawn most often, and places in them."""

from types import MappingProxyType

# Country, then nation or region ("" where none is named), then places. Order is weight, see ``Chance.skewed``.
_LIST = """
GB | Scotland: Glasgow, Edinburgh, Dundee, Inverness, Stirling, Paisley, Dunfermline, Ullapool
GB | England: Leeds, Birmingham, Bristol, Sunderland, Norwich, Penzance, Hull, Lambeth
GB | Wales: Cardiff, Swansea, Wrexham, Llandrindod, Aberystwyth, Ynys Môn
GB | Northern Ireland: Belfast, Derry, Newry, Enniskillen
IT | Lombardia: Brescia, Bergamo, Milano, Cremona, Mantova, Sesto San Giovanni
IT | Emilia-Romagna: Bologna, Parma, Reggio Emilia, Forlì
IT | Piemonte: Torino, Cuneo, Mondovì
IT | Puglia: Bari, Lecce, Città di Ostuni
NL | : Utrecht, Rotterdam, Groningen, Zwolle, Den Haag, Deventer, Maastricht
DE | Bayern: München, Augsburg, Nürnberg, Würzburg, Fürth
DE | Nordrhein-Westfalen: Köln, Dortmund, Gelsenkirchen, Münster
DE | Sachsen: Leipzig, Görlitz, Chemnitz
SE | : Örebro, Göteborg, Malmö, Umeå, Västerås, Östersund
FR | Bretagne: Rennes, Brest, Saint-Brieuc, Vannes
FR | Occitanie: Toulouse, Nîmes, Béziers, Sète
FR | Île-de-France: Saint-Denis, Créteil, Évry
ES | Cataluña: Barcelona, Girona, Lleida, L’Hospitalet
ES | Andalucía: Sevilla, Málaga, Cádiz, Jaén
NO | : Bergen, Tromsø, Bodø, Ålesund, Trondheim
DK | : Aarhus, Odense, Aalborg, Køge, Sønderborg
AU | Victoria: Melbourne, Ballarat, Geelong, Bendigo
AU | Queensland: Brisbane, Cairns, Toowoomba
US | Oregon: Portland, Eugene, Salem
US | Ohio: Cleveland, Dayton, Toledo
CA | Québec: Montréal, Trois-Rivières, Gatineau, Lévis
CA | Ontario: Toronto, Hamilton, Thunder Bay
IE | : Dublin, Cork, Galway, Dún Laoghaire, Sligo
FI | : Helsinki, Tampere, Jyväskylä, Hämeenlinna
BE | Vlaanderen: Gent, Antwerpen, Mechelen
BE | Wallonie: Liège, Namur, Charleroi
AT | : Wien, Graz, Linz, Sankt Pölten
CH | : Zürich, Genève, Bern, Neuchâtel
PT | : Porto, Braga, Setúbal, Évora
NZ | : Wellington, Whangārei, Dunedin, Ōtaki
PL | : Łódź, Kraków, Gdańsk, Poznań
CZ | : Brno, Plzeň, České Budějovice
GR | : Thessaloniki, Patra, Ioannina
SI | : Ljubljana, Maribor, Škofja Loka
EE | : Tartu, Pärnu, Võru
HU | : Győr, Pécs, Szeged
RO | : Cluj-Napoca, Iași, Timișoara
HR | : Zagreb, Šibenik, Čakovec
LT | : Kaunas, Šiauliai
LV | : Rēzekne, Liepāja
SK | : Košice, Žilina
IS | : Akureyri, Ísafjörður
JP | : Kyoto, Kanazawa, Toyama
BR | : Porto Alegre, São Paulo, Belém
KR | : Seoul, Jeonju
ZA | : Durban, Gqeberha
IN | Kerala: Kochi, Thrissur
IN | Maharashtra: Pune, Nagpur
CL | : Valparaíso, Concepción
MX | : Mérida, Querétaro
UY | : Montevideo, Paysandú
LU | : Esch-sur-Alzette, Differdange
"""


def _read(lines: str) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    found: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for line in lines.strip().splitlines():
        country, rest = line.split(" | ")
        nation, places = rest.split(": ")
        found[country] = (*found.get(country, ()), (nation.strip(), tuple(places.split(", "))))
    return found


# By country code: pairs of a nation or region and its places.
PLACES = MappingProxyType(_read(_LIST))
COUNTRIES = tuple(PLACES)
