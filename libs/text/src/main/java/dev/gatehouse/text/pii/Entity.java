package dev.gatehouse.text.pii;

import java.util.EnumSet;
import java.util.Set;

/**
 * A kind of personal data. The name is the finding's category and the {@code TYPE} of a placeholder ({@code [EMAIL_1]}): it is stable.
 * "Label" below means a word near the value that names it, in the languages of the value's country and English.
 */
public enum Entity {
    /** E-mail address: dot-atom local part (RFC 5322, no quoted form; of scripts that part words), domain with a top-level label of letters or punycode. */
    EMAIL,
    /** Phone number: international form anywhere; national form where libphonenumber knows it for a configured region, or with a label. */
    PHONE,
    /** Payment card: Luhn digit (ISO/IEC 7812), and a network's prefix and length unless a label stands. */
    CREDIT_CARD,
    /** International bank account number (ISO 13616): the country's length, mod 97-10. */
    IBAN,
    /** Social security number, United States (SSA): area not 000, 666 or 9xx, group not 00, serial not 0000; no checksum. */
    US_SSN,
    /** Individual taxpayer number, United States (IRS): 9xx, fourth and fifth digit 50-65, 70-88, 90-92, 94-99; no checksum. */
    US_ITIN,
    /** NHS number, United Kingdom: 10 digits, modulo 11. Needs a label. */
    UK_NHS,
    /** National Insurance number, United Kingdom (HMRC NIM39110): allowed prefixes, six digits, suffix A to D. */
    UK_NINO,
    /** Social insurance number, Canada: 9 digits, Luhn. Needs a label. */
    CA_SIN,
    /** Tax file number, Australia: 8 or 9 digits, weighted modulo 11. Needs a label. */
    AU_TFN,
    /** Business number, Australia: 11 digits, modulo 89. Needs a label or its usual grouping. */
    AU_ABN,
    /** Aadhaar, India (UIDAI): 12 digits, first 2-9, Verhoeff. Needs a label or its usual grouping. */
    IN_AADHAAR,
    /** Permanent account number, India: five letters (the fourth a holder type), four digits, a letter. */
    IN_PAN,
    /** DNI, NIF and NIE, Spain: 8 digits (or X, Y, Z and 7) and the letter modulo 23. */
    ES_NIF,
    /** Codice fiscale, Italy (DM 23/12/1976): 16 characters, omocodia allowed, check letter. */
    IT_CODICE_FISCALE,
    /** Tax identification number, Germany: 11 digits, ISO 7064 mod 11,10, one digit repeated. Needs a label. */
    DE_TAX_ID,
    /** Social security number (NIR), France: 13 digits (2A, 2B for Corsica) and the key modulo 97. */
    FR_NIR,
    /** PESEL, Poland: 11 digits, a date inside, weighted modulo 10. Needs a label. */
    PL_PESEL,
    /** Citizen service number, Netherlands: 9 digits, the eleven test. Needs a label. */
    NL_BSN,
    /** CPF, Brazil: 11 digits, two check digits. Plain digits need a label. */
    BR_CPF,
    /** CNPJ, Brazil: 14 digits, two check digits. */
    BR_CNPJ,
    /** Passport number of any country: 6 to 9 letters and digits. Needs a label; no common checksum exists. */
    PASSPORT,
    /** Driving licence number: 6 to 18 letters and digits with a label; the British 16-character form also without. */
    DRIVER_LICENSE,
    /** IPv4 (RFC 791) and IPv6 (RFC 4291) address that can name a host; not loopback, masks, documentation ranges or versions. */
    IP_ADDRESS,
    /** MAC address (EUI-48) in pairs or in three groups of four; not broadcast or null. */
    MAC_ADDRESS,
    /** Wallet address: Base58Check (BTC, LTC, DOGE, DASH, TRON), Bech32 and Bech32m (BIP 173, 350), Ethereum (EIP-55 where mixed case). */
    CRYPTO,
    /** A date with a label of birth. */
    DATE_OF_BIRTH,
    /** Medical record or patient number: 5 to 14 letters and digits with a label. */
    MEDICAL_RECORD;

    /** Every entity. */
    public static Set<Entity> all() {
        return EnumSet.allOf(Entity.class);
    }

    long bit() {
        return 1L << ordinal();
    }
}
