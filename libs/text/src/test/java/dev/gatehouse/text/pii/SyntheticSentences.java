package dev.gatehouse.text.pii;

import static dev.gatehouse.text.pii.Entity.*;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The sentences of {@link SyntheticTexts}: {@code {}} is a value; in negatives and phones {@code #} is a digit, {@code @} a capital. */
final class SyntheticSentences {

    private SyntheticSentences() {}

    static Map<Entity, List<String>> byEntity() {
        Map<Entity, List<String>> sentences = new EnumMap<>(Entity.class);
        sentences.put(EMAIL, List.of("Contact {} for details.", "{\"mail\":\"{}\"}", "Schreib mir an {}", "From: Bob <{}>", "mailto:{}", "user={};role=admin"));
        sentences.put(PHONE, List.of("Call me at {} tomorrow.", "Tel.: {}", "Mein Handy: {}", "mi teléfono es {}", "Mon portable est le {}.", "il mio cellulare è {}",
            "meu celular é {}", "Mój numer telefonu to {}", "Mijn telefoonnummer is {}", "{\"phone\": \"{}\"}", "You can text {} after six", "WhatsApp {}",
            "phone_number={}", "{} is my mobile number", "| Anna | {} (cell) |"));
        sentences.put(CREDIT_CARD, List.of("My card number is {}, exp 12/29.", "Bezahlt mit Kreditkarte {}", "mi tarjeta {} no funciona", "{\"card\":\"{}\"}",
            "INSERT INTO pay VALUES (7,'{}','x')", "Visa {}", "Please refund {} today", "ma carte bancaire {}", "numero carta: {}", "cartão {}"));
        sentences.put(IBAN, List.of("Meine IBAN: {}", "Transfer to {} please", "mi cuenta es {}", "{\"iban\":\"{}\"}", "konto {}", "Le virement va sur {}."));
        sentences.put(US_SSN, List.of("SSN: {}", "my social security number is {}", "employee {} was hired", "{\"ssn\":\"{}\"}", "John,{},Boston", "# test with {}"));
        sentences.put(US_ITIN, List.of("ITIN {}", "My individual taxpayer number is {}", "{\"itin\":\"{}\"}", "tax id: {}"));
        sentences.put(UK_NHS, List.of("NHS number: {}", "patient's NHS no. {}", "{\"nhs_number\":\"{}\"}", "{} (NHS)", "NHS {} referred today"));
        sentences.put(UK_NINO, List.of("National Insurance number {}", "NINO: {}", "my NI number is {}", "employee {} payroll", "{\"nino\":\"{}\"}"));
        sentences.put(CA_SIN, List.of("My SIN is {}", "Social Insurance Number: {}", "SIN #{}", "NAS : {}", "{\"sin\":\"{}\"}"));
        sentences.put(AU_TFN, List.of("TFN: {}", "my tax file number is {}", "{\"tfn\": \"{}\"}", "Tax File No. {}"));
        sentences.put(AU_ABN, List.of("ABN {}", "Our ABN is {}.", "Australian Business Number: {}", "{\"abn\":\"{}\"}"));
        sentences.put(IN_AADHAAR, List.of("Aadhaar no. {}", "My Aadhaar number is {}", "aadhar card: {}", "{\"aadhaar\":\"{}\"}", "मेरा आधार नंबर {} है", "UID {}"));
        sentences.put(IN_PAN, List.of("PAN: {}", "my PAN card number is {}", "{\"pan\":\"{}\"}", "KYC for {} is pending", "Permanent Account Number {}"));
        sentences.put(ES_NIF, List.of("Mi DNI es {}", "NIF: {}", "con NIE {} y domicilio en Madrid", "{\"nif\":\"{}\"}", "La clienta {} firma el contrato"));
        sentences.put(IT_CODICE_FISCALE, List.of("Il mio codice fiscale è {}", "C.F. {}", "CF: {}", "{\"codice_fiscale\":\"{}\"}", "nato a Roma, {}"));
        sentences.put(DE_TAX_ID, List.of("Meine Steuer-ID lautet {}", "Steueridentifikationsnummer: {}", "IdNr. {}", "Steuer-Identifikationsnummer {}",
            "{\"steuer_id\":\"{}\"}", "German tax ID {}"));
        sentences.put(FR_NIR, List.of("Mon numéro de sécurité sociale est le {}", "NIR : {}", "n° sécu {}", "{\"nir\":\"{}\"}", "patient {} admis"));
        sentences.put(PL_PESEL, List.of("Mój PESEL to {}", "PESEL: {}", "nr PESEL {}", "{\"pesel\":\"{}\"}"));
        sentences.put(NL_BSN, List.of("Mijn BSN is {}", "burgerservicenummer: {}", "BSN {}", "{\"bsn\":\"{}\"}"));
        sentences.put(BR_CPF, List.of("Meu CPF é {}", "CPF: {}", "portador do CPF nº {}", "{\"cpf\":\"{}\"}"));
        sentences.put(BR_CNPJ, List.of("CNPJ: {}", "empresa com CNPJ nº {}", "{\"cnpj\":\"{}\"}", "emitir nota para {}"));
        sentences.put(PASSPORT, List.of("My passport number is {}", "Passport No: {}", "Reisepassnummer {}", "numéro de passeport : {}", "pasaporte {}",
            "{\"passport\":\"{}\"}", "Passport {} expires 2031-05-04", "book the flight under passport {}", "numero di passaporto {}", "nr paszportu: {}",
            "holder of a United States passport, number {}"));
        sentences.put(DRIVER_LICENSE, List.of("Driver's license: {}", "driving licence number {}", "Führerscheinnummer: {}", "permis de conduire n° {}",
            "{\"drivers_license\":\"{}\"}", "DL# {}", "My driver license number is {}", "carnet de conducir {}", "CNH {}"));
        sentences.put(IP_ADDRESS, List.of("login from {} failed", "Client IP: {}", "{\"ip\":\"{}\"}", "2026-11-10T10:00:00Z {} GET /index.html 200", "my address is {}",
            "block {} in the firewall", "ssh root@{}"));
        sentences.put(MAC_ADDRESS, List.of("MAC address {}", "device {} joined", "{\"mac\":\"{}\"}", "ether {} txqueuelen 1000", "DHCPACK to {} via eth0"));
        sentences.put(CRYPTO, List.of("Send 0.2 BTC to {}", "my wallet: {}", "{\"address\":\"{}\"}", "pay {} now", "Donations: {}"));
        sentences.put(DATE_OF_BIRTH, List.of("Date of birth: {}", "I was born on {} in Rome", "geboren am {}", "né le {}", "fecha de nacimiento: {}", "nata il {}",
            "data de nascimento {}", "urodzony {}", "geboortedatum {}", "DOB {}", "{\"dob\":\"{}\"}", "my birthday is {}", "{\"birth_date\": \"{}\"}"));
        sentences.put(MEDICAL_RECORD, List.of("MRN: {}", "Medical record number {}", "patient ID {}", "{\"mrn\":\"{}\"}", "Hospital number {} seen today",
            "Patientennummer {}"));
        return sentences;
    }

    static List<String> phones() {
        return List.of("+1 (4##) 555-2##1", "415-555-2##1", "(212) 555-2##1", "+44 20 7946 0###", "020 7946 0###", "07700 900###", "+49 30 9018####", "0151 2345####",
            "+33 6 12 34 5# ##", "06 12 34 5# ##", "+34 612 34 5# ##", "612 34 5# ##", "+39 347 123 4###", "347 123 4###", "+91 98765 4####", "98765 4####",
            "+55 (11) 9####-1234", "(11) 9####-1234", "+48 601 ### 123", "601 ### 123", "+31 6 1234####", "06-1234####", "+61 4## 123 456", "0412 345 ###",
            "415.555.2##1 ext. 12", "001-415-555-2##1", "+41 44 668 18 ##", "+353 1 234 5###", "+86 138 0013 8###", "+81 3-1234-5###");
    }

    static List<String> wallets() {
        return List.of("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
            "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "0xde709f2102306220921060314715629080e2fb77", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t");
    }

    static List<String> negatives() {
        return List.of(
            "Order 4##-#######-####### shipped", "order no. ################ is late", "Tracking 1Z999AA1########", "tracking number: ####################",
            "Invoice INV-2024-###### over 1.###,## EUR", "Your ticket number is ##########", "part number ###-##-####", "P/N ####-####-###",
            "Upgrade nginx to 1.2#.4.#", "version 10.2##.33.7 is out", "Chrome/12#.0.6###.1## Safari/537.36", "firmware v2.1##.0.1#", "Release 4.18.0.2#5 fixes it",
            "Bind to 127.0.0.1:80## or 0.0.0.0", "netmask 255.255.255.0", "See section 4.2.1.3 and 10.12.#.4", "pip install torch==2.1.0.#",
            "At 2026-1#-1# 13:19:26.###### it failed", "created_at=17########", "ts: 17###########", "epoch 17####### seconds", "It lasted from 2019-2020 to 2021-2022",
            "ISBN 978-3-16-######-#", "EAN 40############", "ISSN ####-###X", "DOI 10.1###/j.cell.2020.0#.0##",
            "commit 3f786850e387550fdab836ed7e6dc881de2300#b", "md5 d41d8cd98f00b204e9800998ecf84##e", "id 550e8400-e29b-41d4-a716-4466554####0",
            "The sum of ######### and ######### is what?", "Compute ##########*########", "pi is 3.14159265358979##", "population 1,4##,###,###",
            "parameters: 7###########", "It costs $1,2##,###.00 or 12 3## ### zł", "coordinates 48.85##, 2.35##", "row ######### of ##########",
            "std::map<int, fe::be> x; a::b::c();", "time 12:34:56:78", "ratio 1:2:3:4", "sha256:9f86d081884c7d65#a2feaa0c55ad015a3bf4f1b2b0b822c",
            "JIRA-####, CVE-2024-#####, RFC 5321, ISO 27001:2013", "icon@2x.png @mention user@localhost", "git@github.com:org/repo.git", "npm i left-pad@1.3.#",
            "The model was trained for ###### steps on #########  tokens", "Win32 error 0x8007####; address 0x00007ff6########", "Flight LH#### seat 12A, PNR @@@###",
            "serial number C02@@###@@##", "IMEI 35############", "HTTP 404 after 30000 ms, retry in 60000", "Room 4##, 12#5 Main Street, Springfield 6####",
            "Dated 12.0#.2023, paid 31/12/2024", "the company was founded on May #, 1998", "Score 10 20 30 40 50 60 70", "My passport expires in 2027 and I pay 120 euros",
            "Renew a driving licence in 14 days for £34", "Explain how an SSN, a CPF and an IBAN are checked", "Call foo(12345) and bar(1234567)",
            "phone_number must match \\d{3}-\\d{4}", "Aadhaar has 12 digits, PAN has 10, PESEL 11", "Box 12, 0#-1## Warszawa", "win 50 000 000 now", "1 000 000 000 stars",
            "account 12########", "meter reading 00######", "rsa key 2048 bits, port 65535", "batch 20240312-######", "job 1########### finished", "9780306406157 is a book",
            "snowflake 1###############1##", "Apollo 11 landed 20 July 1969", "tweet id 17################", "temperature -12.5 37.2 98.6 101.3");
    }
}
