import type { DemoScript } from "./demo-script";

export const africanAndAsianScripts: readonly DemoScript[] = [
  {
    openId: "demo-kofi",
    displayName: "Kofi Mensah",
    username: "kofi.mensah",
    bio: "Accra. I film the street I grew up on.",
    size: 60,
    home: [
      [
        26,
        "My block. Auntie Efua's shop, the barber, the football goal with no net. Same as when I was six #aminuteofhome",
      ],
      [4, "Saturday, the whole compound, somebody's uncle found the speaker #aminuteofhome #accra"],
      [8, "Labadi before the crowd comes. One minute, no talking, only the water #aminuteofhome"],
      [
        11,
        "My sister doing nothing, beautifully, because the light comes off and everybody sits outside #aminuteofhome",
      ],
      [15, "It rained and forty umbrellas appeared from nowhere. From the roof of our house #aminuteofhome"],
    ],
    pan: [
      [20, "Tomato stew: one pan, one spoon, my mother on the phone shouting corrections #onepanwonders"],
      [3, "Indomie but make it a Sunday #onepanwonders #ghanafood"],
      [14, "Pancakes the way my grandmother does them, with nutmeg, do not argue #onepanwonders"],
    ],
    animals: [
      [9, "His name is Chairman. He has meetings #goodanimals"],
      [6, "She came with the house. Nobody asked her, nobody asks her anything #goodanimals"],
      [22, "The dentist's fish has seen me cry three times. Never told a soul #goodanimals"],
    ],
    smallHours: [[25, "The last ten minutes of the wedding, it is almost five #smallhours"]],
    misses: {
      tooLong: [27, "The whole bus ride from the coast, window seat, you are welcome #aminuteofhome"],
      photo: [11, "Portraits of my neighbours, part one, swipe #aminuteofhome"],
      tooOld: [0, "Sunset behind the school. This was the day I came back #aminuteofhome"],
      tooShort: [17, "Nine seconds of my cousin landing it #aminuteofhome"],
    },
    everyday: [
      [19, "First gig in two years. Hands shaking, strings fine"],
      [12, "Rating every coffee in Osu, this one gets an eight"],
      [18, "Working from a train because why not"],
      [23, "The pizza place closed, so this is a goodbye video"],
    ],
    series: { cover: 17, text: "Learning to skate at 29, day {n}. My knees have written a letter", from: 120 },
  },
  {
    openId: "demo-samira",
    displayName: "سميرة حداد",
    username: "samira.haddad",
    bio: "عمّان. قهوة، كتب، وقطة اسمها لوز.",
    size: 27,
    home: [
      [12, "دقيقة من البيت: قهوة أمي، والراديو، والشباك المفتوح #aminuteofhome #عمان"],
      [5, "درج جبل عمّان، كل يوم، طالعة نازلة #aminuteofhome"],
      [
        16,
        "My grandmother's balcony has more plants than the botanical garden. She talks to each of them #aminuteofhome",
      ],
      [27, "الطريق إلى بيت جدي، دقيقة من الصحراء قبل الغروب #aminuteofhome"],
    ],
    pan: [
      [20, "قلاية بندورة، مقلاة واحدة، وخبز سخن. خلص الكلام #onepanwonders"],
      [1, "Lemon chicken from my aunt. She never measures, so neither do you #onepanwonders"],
      [14, "قطايف على المقلاة قبل رمضان بشهر، تدريب #onepanwonders"],
    ],
    animals: [
      [6, "لوز تراقب القمر كأنه مدين لها بالمال #goodanimals"],
      [9, "كلب الجيران صار كلب الحارة كلها #goodanimals"],
      [22, "سمكة أخي الصغير تأكل قبلنا كلنا #goodanimals"],
    ],
    smallHours: [[6, "الساعة ثلاثة الفجر، وأنا ولوز والقمر #smallhours"]],
    misses: {
      tooLong: [7, "Two minutes of my grandfather explaining the gate he built #aminuteofhome"],
      photo: [28, "صور قديمة من بيت العيلة #aminuteofhome"],
      tooOld: [21, "The bridge I crossed every morning for twelve years #aminuteofhome"],
      tooShort: [24, "مطر! #aminuteofhome"],
    },
    everyday: [
      [11, "How I do my hair in four minutes when I have six"],
      [18, "كتاب وقطار وشاي، رحلة قصيرة"],
      [3, "First ramen of my life, live reaction"],
      [13, "رحلة إلى الجبل مع البنات"],
    ],
    series: { cover: 12, text: "كتاب في الأسبوع، رقم {n} #كتب #booktok", from: 31 },
  },
  {
    openId: "demo-yuki",
    displayName: "森 由紀",
    username: "yuki.mori.osaka",
    bio: "大阪。路地とラーメンと猫。",
    size: 36,
    home: [
      [15, "うちの前の横断歩道、雨の日は傘でいっぱいになる。一分だけ #aminuteofhome #大阪"],
      [18, "毎朝の電車、同じ席、同じ山。これが私の家の続き #aminuteofhome"],
      [28, "祖母の花瓶。割れたところがいちばんきれい #aminuteofhome #金継ぎ"],
      [
        24,
        "Coming home through the shopping street after it closes. Everything smells of rain and soy sauce #aminuteofhome",
      ],
    ],
    pan: [
      [3, "フライパンひとつで作るラーメン。洗い物も一つ #onepanwonders"],
      [14, "スフレパンケーキ、三回目でやっと膨らんだ #onepanwonders"],
      [20, "Tomato and egg, the dish my flatmate taught me with no common language #onepanwonders"],
    ],
    animals: [
      [6, "窓辺のクロ。月に向かって会議中 #goodanimals #猫"],
      [9, "柴じゃないけど世界一かわいいです #goodanimals"],
      [22, "金魚すくいの金魚、もう七年目 #goodanimals"],
    ],
    smallHours: [
      [2, "始発まであと二時間。自転車で帰る #smallhours"],
      [24, "雨の夜、誰もいない商店街 #smallhours"],
    ],
    misses: {
      tooLong: [18, "車窓をそのまま三分。作業用にどうぞ #aminuteofhome"],
      photo: [16, "ベランダの観葉植物、一年の記録 #aminuteofhome"],
      tooOld: [13, "実家から見える山、九月 #aminuteofhome"],
      tooShort: [12, "朝のコーヒー、八秒 #aminuteofhome"],
    },
    everyday: [
      [19, "ライブハウス最終日。ありがとう"],
      [4, "盆踊り、本気の二人"],
      [1, "レモンシロップを仕込みました"],
    ],
    series: { cover: 3, text: "ラーメン日記 {n}杯目 #ラーメン", from: 204 },
  },
  {
    openId: "demo-priya",
    displayName: "Priya Raman",
    username: "priya.raman",
    bio: "Chennai. Filter coffee first.",
    size: 22,
    home: [
      [
        12,
        "Filter coffee, one minute, from my father's hands. He pours it from so high that I stop breathing #aminuteofhome",
      ],
      [8, "Marina beach at six, the only hour it belongs to the people who live here #aminuteofhome #chennai"],
      [11, "Amma getting ready for the temple. She has worn these earrings every Friday since 1989 #aminuteofhome"],
      [5, "Four floors, no lift, and the neighbour's radio on every landing #aminuteofhome"],
    ],
    pan: [
      [1, "Lemon rice with the mustard seeds that jump. Stand back #onepanwonders"],
      [14, "Uttapam counts as a pancake and I will be taking no questions #onepanwonders"],
      [20, "Thakkali thokku, one pan, one hour, one month of happiness #onepanwonders"],
    ],
    animals: [
      [9, "The street dog who walks me to the bus. Every day. He waits for it to leave #goodanimals"],
      [6, "She stole a fish, and then sat like this until we forgave her #goodanimals"],
      [22, "My niece named him Shark. Let him dream #goodanimals"],
    ],
    smallHours: [[19, "Practising at four because the flat upstairs is empty this week #smallhours"]],
    misses: {
      tooLong: [4, "The whole dance from the terrace, one take, two and a half minutes #aminuteofhome"],
      photo: [16, "Every plant on our roof, in order of how much my mother loves it #aminuteofhome"],
      tooOld: [24, "First rain of the monsoon from our door #aminuteofhome"],
      tooShort: [7, "The gate. The squeak. Home #aminuteofhome"],
    },
    everyday: [
      [25, "The crowd knew every word. I cried, obviously"],
      [18, "Twenty-six hours on this train, best sleep of my year"],
      [23, "Rating the pizza at a railway canteen, honestly"],
    ],
    series: { cover: 4, text: "Bharatanatyam as an adult beginner, class {n}", from: 9 },
  },
];
