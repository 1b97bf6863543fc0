/** The names that the people of the made-up clinic are given, by where a name comes from. */
export interface Origin {
  /** How common it is among the patients. */
  readonly weight: number;
  /** The language beside English, as in BCP 47, with the share of patients who speak it first. */
  readonly language?: readonly [code: string, display: string, share: number];
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly families: readonly string[];
}

export const ORIGINS: readonly Origin[] = [
  {
    weight: 22,
    women: words(
      'Grace Fiona Isla Charlotte Ruth Amelia Dorothy Harriet Joan Beatrice Naomi Eleanor Faith Hazel',
    ),
    men: words(
      'Oliver Arthur Walter Desmond Leonard Miles Edwin Theodore Clive Howard Nathan Gordon Lewis Roy',
    ),
    families: [
      ...words(
        'Mackenzie McAllister Whitfield Ashworth Pemberton Calloway Thornbury Merriweather Haddow Prescott',
      ),
      'O’Rourke',
      'O’Neill',
      'Fitzgerald-Hughes',
      'Paterson-Oyelaran',
      'St. Clair',
      ...words('Buckley Sinclair Holloway Redfern Tanner Winslow'),
    ],
  },
  {
    weight: 14,
    language: ['es', 'Spanish', 0.4],
    women: [
      ...words('Inés Lucía Carmen Ximena Rosario Valentina Pilar Guadalupe Noemí'),
      'María José',
      'Ana Sofía',
    ],
    men: [
      ...words('Joaquín Rubén Héctor Andrés Íñigo Gustavo Óscar Emilio Tomás'),
      'José Luis',
      'Juan Pablo',
    ],
    families: [
      ...words(
        'Ramírez Castellanos Navarro Suárez Peña Muñoz Ibáñez Quiñones Zúñiga Villaseñor Echeverría Núñez',
      ),
      'de la Cruz',
      'García Márquez',
      'Ortiz-Saldaña',
    ],
  },
  {
    weight: 7,
    language: ['vi', 'Vietnamese', 0.4],
    women: ['Thi Lan', 'Thi Hoa', 'Bich Ngoc', 'Mai', 'Kim Chi', 'Thanh Thuy'],
    men: ['Van Minh', 'Quoc Bao', 'Duc', 'Hoang Long', 'Tuan', 'Van Hai'],
    // Most Vietnamese families share a few names: a clinic meets the same surname on one day.
    families: ['Nguyen', 'Nguyen', 'Nguyen', 'Tran', 'Tran', 'Le', 'Pham', 'Vo'],
  },
  {
    weight: 7,
    language: ['zh', 'Chinese', 0.4],
    women: words('Mei Xiuying Yan Lihua Jing Ting'),
    men: words('Wei Jun Haoran Guoqiang Ming Bo'),
    families: words('Wang Li Zhang Chen Liu Zhao Xu Ouyang'),
  },
  {
    weight: 9,
    language: ['hi', 'Hindi', 0.15],
    women: words('Priya Anjali Meera Harpreet Lakshmi Nandini Ayesha Kavita'),
    men: words('Imran Arjun Rajesh Vikram Harpreet Suresh Farhan Manoj'),
    families: words(
      'Singh Singh Chaudhry Patel Patel Banerjee Subramaniam Krishnamurthy Gill Rao Joshi Qureshi',
    ),
  },
  {
    weight: 9,
    women: words('Adaeze Hodan Selam Folasade Chiamaka Abena Amina Makena Rahel Zawadi'),
    men: words('Tunde Chukwuemeka Kwame Abdirahman Dawit Kofi Olumide Babatunde Tesfaye Juma'),
    families: words(
      'Okonkwo Abdullahi Berhane Oyelaran Adeyemi Mensah Asante Nwosu Eze Tadesse Gebremedhin Kamau Warsame Diallo',
    ),
  },
  {
    weight: 6,
    language: ['ar', 'Arabic', 0.4],
    women: words('Rania Layla Samira Noor Dalia Yasmin'),
    men: words('Omar Khalil Tariq Youssef Bassam Ziad'),
    families: ['Haddad', 'Khoury', 'Al-Rashid', 'El-Sayed', 'Nasser', 'Bint Khalil', 'Abu Zayd', 'Mansour'],
  },
  {
    weight: 8,
    language: ['pl', 'Polish', 0.25],
    women: words('Agnieszka Hanna Małgorzata Zofia Oksana Božena Jiřina Katalin'),
    men: words('Tomasz Łukasz Zbigniew Stanisław Jiří Ondřej Miklós Bogdan'),
    families: words(
      'Kowalczyk Wójcik Dąbrowicz Szczepaniak Čapek Dvořák Nagy Szabó Šimić Petrenko Đurić Żak',
    ),
  },
  {
    weight: 8,
    women: words('Solveig Aino Maja Liesel Ingrid Sigrún Greta Åsa Käthe'),
    men: words('Erik Jonas Joris Matthias Søren Björn Jürgen Leif Þór'),
    families: [
      ...words('Haugen Rautio Johansson Lindgren Schäfer Brandt Sørensen Ångström Großmann Jónsson Kjær'),
      'van der Meer',
      'von Hohenfels',
      'de Vries',
    ],
  },
  {
    weight: 6,
    language: ['fr', 'French', 0.3],
    women: ['Rose-Laure', 'Anaïs', 'Solène', 'Marie-Thérèse', 'Noëlle', 'Clémence'],
    men: ['Benoît', 'Jean-Baptiste', 'François', 'Rémi', 'Loïc', 'Étienne'],
    families: [
      ...words('Delacroix Baptiste Lefèvre Beauséjour Gagné Desrosiers Célestin'),
      'L’Écuyer',
      'D’Arbanville',
    ],
  },
  {
    weight: 5,
    language: ['pt', 'Portuguese', 0.4],
    women: words('Beatriz Conceição Inês Luísa Graça'),
    men: words('Tiago Duarte João Nuno Estêvão'),
    families: [...words('Pereira Ferreira Magalhães Simões Guimarães Araújo'), 'dos Santos', 'da Conceição'],
  },
  {
    weight: 5,
    language: ['ko', 'Korean', 0.4],
    women: words('Seo-yeon Ji-woo Min-ji Hye-jin'),
    men: words('Min-jun Dong-hyun Sung-ho Jae-won'),
    families: words('Kim Kim Park Lee Choi Jeong'),
  },
  {
    weight: 4,
    language: ['ja', 'Japanese', 0.3],
    women: words('Yuki Haruka Michiko Aiko Kaori'),
    men: words('Kenji Ren Hiroshi Takumi Shin’ichi'),
    families: words('Nakamura Ito Takahashi Yamashita Ōno Fujiwara'),
  },
  {
    weight: 5,
    language: ['tr', 'Turkish', 0.3],
    women: words('Elif Ayşe Işıl Zeynep Gülşen'),
    men: words('Emre İsmail Çağlar Burak Oğuz'),
    families: words('Özdemir Yıldız Kılıç Şahin Aydın Güneş'),
  },
  {
    weight: 4,
    language: ['el', 'Greek', 0.3],
    women: words('Eleni Despina Ioanna Chryssa'),
    men: words('Nikos Stavros Giorgos Panagiotis'),
    families: words('Papadopoulos Anagnostou Kazantzakis Theodorakis'),
  },
  {
    weight: 4,
    women: words('Malia Leilani Sina Ka‘iulani'),
    men: words('Sione Tevita Kai Manu'),
    families: words('Tuiasosopo Kahananui Faleolo Taufa’ahau'),
  },
  {
    weight: 5,
    language: ['it', 'Italian', 0.2],
    women: words('Giulia Chiara Noemi Fiammetta'),
    men: words('Matteo Salvatore Nicolò Giosuè'),
    families: ['D’Angelo', 'Dell’Acqua', 'Esposito', 'Lo Presti', 'Bianchi', 'Cannavò'],
  },
];

/** A name that is out of the ordinary, for the one patient of each site who has it. */
export interface RareName {
  readonly family?: string;
  readonly given?: readonly string[];
  readonly gender: 'female' | 'male';
  readonly language?: readonly [code: string, display: string];
}

/** By the patient's place within the site. */
export const RARE_NAMES: ReadonlyMap<number, RareName> = new Map([
  [6, { family: '王', given: ['秀英'], gender: 'female', language: ['zh', 'Chinese'] }],
  [13, { family: 'الحسيني', given: ['محمد'], gender: 'male', language: ['ar', 'Arabic'] }],
  [21, { family: 'Арсеньева', given: ['Мария', 'Сергеевна'], gender: 'female', language: ['ru', 'Russian'] }],
  [34, { family: 'van den Broek Humphreij', given: ['Saskia'], gender: 'female' }],
  [
    42,
    {
      family: 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley',
      given: ['Maximiliane', 'Hubertine'],
      gender: 'female',
    },
  ],
  [47, { family: 'Suparman', gender: 'male', language: ['id', 'Indonesian'] }],
  [66, { family: '김', given: ['서연'], gender: 'female', language: ['ko', 'Korean'] }],
  [81, { family: 'כהן', given: ['נועה'], gender: 'female', language: ['he', 'Hebrew'] }],
  [104, { family: 'Öztürk-Müller', given: ['İpek'], gender: 'female', language: ['tr', 'Turkish'] }],
  [127, { family: 'शर्मा', given: ['आरती'], gender: 'female', language: ['hi', 'Hindi'] }],
  [150, { family: '佐藤', given: ['健一'], gender: 'male', language: ['ja', 'Japanese'] }],
  [173, { family: 'Παπαδοπούλου', given: ['Ελένη'], gender: 'female', language: ['el', 'Greek'] }],
  [199, { family: 'de los Ángeles Montenegro', given: ['María', 'de la Luz'], gender: 'female' }],
  [221, { family: 'Ó Súilleabháin', given: ['Pádraig'], gender: 'male' }],
] satisfies [number, RareName][]);

function words(text: string): string[] {
  return text.split(' ');
}
