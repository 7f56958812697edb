package dev.gatehouse.text.pii;

import static dev.gatehouse.text.pii.Entity.*;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The words that tell what a number is: labels of entities in English and the languages of their countries, and the words of things
 * that only look like them. All lower case.
 */
final class Vocabulary {

    /** The word names something that is no personal data. */
    static final long OTHER = 1L << 63;
    /** The word speaks of versions of software; always with {@link #OTHER}. */
    static final long VERSION = 1L << 60;
    /** Meanings that bind to the first number after the word only. */
    static final long BARRING = OTHER | VERSION;
    /** The word speaks of a phone call without naming a number: "call", "reach", "from". */
    static final long LOOSE = 1L << 62;

    /** The word names a number only if it stands right before it: "Desk: 555 1234", not "the desk at 12 Long Street". */
    static final long ADJACENT = 1L << 61;

    private static final Map<String, Long> MEANINGS = new HashMap<>(1024);

    private static final Set<String> POSSESSIVES = Set.of("my", "your", "his", "her", "their", "our", "mon", "votre", "ton", "son", "mein", "meine",
        "meiner", "ihre", "seine", "mi", "su", "tu", "mio", "suo", "meu", "seu", "mój", "moj", "mijn", "uw", "jouw");
    private static final Set<String> NUMBER_NOUNS = Set.of("number", "numero", "numéro", "número", "nummer", "numer", "no");
    private static final Set<String> OF = Set.of("de", "di", "do", "da", "del", "du", "of", "van", "der", "des", "for", "für", "per");

    /** After the name of an identifier they mean its document: "PAN card". */
    private static final Set<String> CARDS = Set.of("card", "cards", "karte", "tarjeta", "carte", "carta", "cartão", "karta", "kaart");
    private static final Set<String> SHORT_WORDS = Set.of("id", "nr", "is", "of", "to", "my", "at", "on", "in", "by", "as", "us", "uk", "eu");

    private static final Set<String> UNITS = Set.of("bytes", "byte", "kb", "mb", "gb", "ms", "ns", "us", "seconds", "minutes", "hours", "days", "years",
        "tokens", "steps", "parameters", "params", "rows", "records", "users", "items", "people", "usd", "eur", "gbp", "dollars", "euros",
        "euro", "pounds", "rupees", "reais", "zł", "pln", "km", "kg", "miles", "meters", "metres", "points", "requests", "lines", "iterations",
        "samples", "entries", "followers", "views", "downloads", "times", "units", "million", "billion", "percent");

    static {
        phones();
        money();
        englishIds();
        continentalIds();
        persons();
        others();
    }

    private Vocabulary() {}

    /** Meaning of a word between the one before and the one after it; 0 if it tells nothing. */
    static long meaning(String earlier, String word, String later) {
        Long phrase = earlier == null ? null : MEANINGS.get(earlier + ' ' + word);
        if (phrase != null) {
            return phrase;
        }
        if (NUMBER_NOUNS.contains(word)) {
            return earlier != null && POSSESSIVES.contains(earlier) && !OF.contains(later) ? PHONE.bit() : 0;
        }
        long document = earlier != null && CARDS.contains(word) ? MEANINGS.getOrDefault(earlier, 0L) & ~BARRING : 0;
        return document != 0 ? document : MEANINGS.getOrDefault(word, 0L);
    }

    /** Whether the word tells anything by itself, or is a common short word before a number. */
    static boolean tells(String word) {
        return MEANINGS.containsKey(word) || NUMBER_NOUNS.contains(word) || SHORT_WORDS.contains(word);
    }

    /** {@link #OTHER} if the word is a unit or a thing counted, right after a number; else 0. */
    static long unit(String word) {
        return UNITS.contains(word) ? OTHER : 0;
    }

    private static void put(long meaning, String... words) {
        for (String word : words) {
            MEANINGS.merge(word, meaning, (a, b) -> a | b);
        }
    }

    private static void put(Entity entity, String... words) {
        put(entity.bit(), words);
    }

    private static void phones() {
        put(PHONE, "phone", "phones", "telephone", "tel", "tél", "mobile", "mobil", "cell", "cellphone", "fax", "landline", "hotline", "whatsapp", "sms",
            "telefon", "telefono", "teléfono", "telefone", "téléphone", "telephon", "telefonnummer", "handy", "handynummer", "rufnummer", "festnetz",
            "móvil", "movil", "celular", "cellulare", "portable", "telemóvel", "komórka", "komórkowy", "telefonu", "mobiel", "mobiele",
            "telefoon", "telefoonnummer", "mobilnummer", "ph", "phonenumber", "mobilenumber", "telefoonnr", "telefonnr", "fon", "zadzwoń", "dzwoń", "kontakttelefon", "fixe", "fijo", "fisso", "signal", "viber", "telegram", "pager", "msisdn",
            "callback", "voicemail", "extension");
        put(PHONE.bit() | LOOSE, "call", "called", "calling", "caller", "reach", "reached", "dial", "dialled", "dialed", "ring", "text", "contact",
            "answering", "answer", "message", "registered", "appelez", "appeler", "appelle", "joindre", "joignable", "anrufen", "erreichen",
            "erreichbar", "llamar", "llámame", "llama", "llame", "chiamare", "chiama", "chiamami", "ligar", "ligue", "liga", "contacto",
            "contato", "contatto", "kontakt", "bel", "bellen", "bereikbaar", "kontaktowy");
        put(PHONE.bit() | ADJACENT, "desk", "office", "home", "work", "büro", "bureau", "oficina", "ufficio", "escritório", "kantoor", "biuro", "direct", "main");
    }

    private static void money() {
        put(CREDIT_CARD, "card", "cards", "credit", "debit", "visa", "mastercard", "amex", "maestro", "discover", "cc", "creditcard", "cardnumber", "karte",
            "kreditkarte", "kreditkartennummer", "kartennummer", "tarjeta", "carte", "carta", "cartão", "cartao", "karta", "karty", "kartą", "kaart",
            "kaartnummer", "rupay", "diners", "jcb", "unionpay", "american express");
        put(IBAN, "iban", "konto", "kontonummer", "rekeningnummer", "rekening", "cuenta", "conta", "conto", "compte", "konta");
        put(CRYPTO, "wallet", "btc", "bitcoin", "eth", "ethereum", "crypto", "ltc", "litecoin", "doge", "usdt", "trx");
    }

    private static void englishIds() {
        put(US_SSN, "ssn", "social", "social security", "ssns");
        put(US_ITIN, "itin", "taxpayer", "individual taxpayer");
        put(US_ITIN.bit() | US_SSN.bit(), "tin");
        put(UK_NHS, "nhs", "national health");
        put(UK_NINO, "nino", "ni", "national insurance", "insurance");
        put(CA_SIN, "sin", "social insurance", "nas", "assurance sociale");
        put(AU_TFN, "tfn", "tax file");
        put(AU_ABN, "abn", "business number", "australian business");
        put(IN_AADHAAR, "aadhaar", "aadhar", "adhaar", "adhar", "uidai", "uid", "आधार");
        put(IN_PAN, "pan", "permanent account", "पैन");
        put(MEDICAL_RECORD, "mrn", "medical record", "medical rec", "patient id", "patient number", "patient no", "chart number", "chart no",
            "hospital number", "hospital no", "medical chart", "patientennummer", "patienten-id", "medical number", "health record",
            "historia clínica", "historia clinica", "dossier médical", "dossier patient", "cartella clinica", "prontuário", "prontuario",
            "patientnummer", "patiëntnummer", "numer pacjenta", "krankenaktennummer", "fallnummer", "ipp", "nhc");
    }

    private static void continentalIds() {
        put(ES_NIF, "dni", "nif", "nie", "documento", "identidad");
        put(IT_CODICE_FISCALE, "codice fiscale", "fiscale", "cf");
        put(DE_TAX_ID, "steuer", "steuer id", "steuerid", "steueridentifikationsnummer", "steuernummer", "idnr", "identifikationsnummer", "tin", "steueridnr", "id nr",
            "identifikationsnr", "german tax");
        put(FR_NIR, "nir", "sécurité sociale", "securite sociale", "sécu", "insee", "sociale", "vitale");
        put(PL_PESEL, "pesel", "peselu", "pesel'u");
        put(NL_BSN, "bsn", "burgerservicenummer", "sofinummer", "sofi");
        put(BR_CPF, "cpf", "cpfs", "pessoa física", "cadastro");
        put(BR_CNPJ, "cnpj", "pessoa jurídica");
        put(DE_TAX_ID.bit() | AU_TFN.bit() | US_ITIN.bit() | US_SSN.bit() | BR_CPF.bit() | ES_NIF.bit(), "tax id", "tax identification", "tax number",
            "tax no");
    }

    private static void persons() {
        put(PASSPORT, "passport", "passports", "passeport", "pasaporte", "passaporte", "passaporto", "reisepass", "reisepassnummer", "pass nr", "paszport",
            "paszportu", "paspoort", "paspoortnummer", "passnummer", "passportnumber");
        put(DRIVER_LICENSE, "license", "licence", "driver license", "driver licence", "drivers license", "driving licence", "driving license", "dl",
            "führerschein", "führerscheinnummer", "fuehrerschein", "permis", "permis de", "conduire", "conducir", "carnet", "patente", "cnh",
            "habilitação", "prawo jazdy", "prawa jazdy", "jazdy", "rijbewijs", "rijbewijsnummer", "dvla", "guida", "dlnumber");
        put(DATE_OF_BIRTH, "born", "birth", "birthday", "birthdate", "dob", "bday", "dateofbirth", "geboren", "geburtsdatum", "geb", "geburtstag", "né",
            "née", "naissance", "nacido", "nacida", "nacimiento", "nací", "nato", "nata", "nascita", "nascido", "nascida", "nascimento", "nasci",
            "urodzony", "urodzona", "urodzenia", "ur", "geboortedatum", "geboorte", "geboortedag", "cumpleaños", "anniversaire", "aniversário",
            "compleanno", "urodziny", "verjaardag", "nasc", "d'o'b");
        put(IP_ADDRESS, "ip", "ips", "ipv4", "ipv6", "address", "addr", "host", "server", "client", "login", "logged", "visitor", "blocked", "ping",
            "subnet", "gateway", "dns", "remote", "adresse", "dirección", "endereço", "indirizzo", "adres", "traceroute", "whois", "nameserver",
            "firewall", "connected", "connection", "peer", "proxy", "router", "ssh", "attacker", "source", "destination", "vpn");
        put(MAC_ADDRESS, "mac", "ethernet", "bssid", "hwaddr", "wifi", "hardware address", "mac address");
    }

    private static void others() {
        put(OTHER, "order", "orders", "tracking", "parcel", "shipment", "ticket", "tickets", "invoice", "receipt", "part", "serial",
            "sku", "isbn", "issn", "ean", "upc", "gtin", "barcode", "asin", "commit", "hash", "checksum", "sha", "md5", "uuid", "guid",
            "timestamp", "epoch", "unix", "request", "transaction", "trace", "session", "job", "incident", "case", "batch", "lot",
            "model", "article", "product", "quote", "booking", "reference", "ref", "page", "figure", "table", "rfc", "imei", "iccid",
            "doi", "patent", "docket", "seed", "offset", "port", "pid", "error", "code", "bestellung", "bestellnummer", "auftrag",
            "auftragsnummer", "rechnung", "rechnungsnummer", "artikelnummer", "sendungsnummer", "seriennummer", "pedido", "factura",
            "fatura", "commande", "facture", "ordine", "fattura", "zamówienie", "zamówienia", "faktura", "faktury", "bestelling",
            "bestelnummer", "factuur", "factuurnummer", "suivi", "seguimiento", "rastreamento", "referencia", "référence", "riferimento",
            "referência", "dossier", "pi", "sum", "total", "count", "equals", "multiply", "divided", "plus", "minus", "times",
            "sequence", "index", "amount", "balance", "price", "population", "revenue", "budget", "confirmation", "account", "meter",
            "contract", "po", "po number", "catalog", "created", "updated", "modified", "item", "asset", "tag", "license key",
            "product key", "licence key", "software license", "song", "social media");
        put(BARRING, "version", "versions", "ver", "v", "build", "release", "revision", "rev", "firmware", "driver", "kernel", "sdk",
            "upgrade", "upgraded", "package", "library", "dependency", "pypi", "npm", "maven", "gradle", "numpy", "python", "java",
            "node", "chrome", "mozilla", "safari", "windows", "android", "ios", "app version", "assembly", "fileversion", "section",
            "chapter", "clause", "paragraph", "oid", "patch", "downgrade", "versión", "versão", "versione", "wersja", "versie",
            "changelog", "semver", "plugin", "module");
    }
}
