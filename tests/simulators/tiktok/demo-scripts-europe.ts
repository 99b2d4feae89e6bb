import type { DemoScript } from "./demo-script";

export const europeanScripts: readonly DemoScript[] = [
  {
    openId: "demo-ines",
    displayName: "Inês Duarte",
    username: "ines.duarte",
    bio: "Lisboa. Escadas, cafés e a minha avó.",
    size: 42,
    home: [
      [5, "The stairs up to our street, 131 of them. Yes, I counted again #aminuteofhome #lisboa"],
      [7, "O portão da avó range desde 1974 e ninguém quer arranjá-lo. É assim que sabemos quem chegou #aminuteofhome"],
      [
        12,
        "Coffee at the counter, standing, forty seconds, gone. This is the living room of our street #aminuteofhome",
      ],
      [8, "Um minuto na praia antes do trabalho. A água estava gelada, valeu a pena #aminuteofhome #portugal"],
      [28, "The vase my mother glued back together three times. It has its own shelf now #aminuteofhome"],
    ],
    pan: [
      [20, "Tomates, ovo, coentros, uma frigideira. Jantar em doze minutos #onepanwonders #receitas"],
      [1, "Lemon rice from the pan that was a wedding present and is older than me #onepanwonders"],
      [3, "Açorda, but I only own one pan, so here we are #onepanwonders #cozinha"],
    ],
    animals: [
      [9, "O Tobias ouve a palavra ‘praia’ e fica assim #goodanimals"],
      [6, "She has watched that pigeon for four years. They are friends by now #goodanimals #catsoflisbon"],
      [22, "O peixe chama-se Sardinha. Não fui eu #goodanimals"],
    ],
    smallHours: [
      [24, "4:40, the first tram and a lot of rain #smallhours"],
      [6, "Toda a gente dorme menos ela #smallhours"],
    ],
    misses: {
      tooLong: [15, "The whole walk home in the rain, uncut, because you asked #aminuteofhome"],
      photo: [28, "Quatro fotografias da cozinha antes das obras #aminuteofhome"],
      tooOld: [21, "The bridge from our roof, the evening we moved in #aminuteofhome"],
      tooShort: [26, "My block in nine seconds #aminuteofhome"],
    },
    everyday: [
      [18, "Comboio para o Porto, lado esquerdo, sempre"],
      [4, "We tried to learn to dance forró. We are trying"],
      [14, "Panquecas de domingo, versão caos"],
      [13, "Serra da Estrela, no signal, no plans"],
    ],
    series: { cover: 16, text: "Day {n} of keeping this plant alive. New leaf? You decide", from: 88 },
  },
  {
    openId: "demo-jonas",
    displayName: "Jonas Weber",
    username: "jonas.faehrt.rad",
    bio: "Leipzig · Fahrrad, Brot, Bahn",
    size: 31,
    home: [
      [2, "Heimweg mit dem Rad, jeden Abend dieselben sechs Ampeln, alle rot #aminuteofhome #leipzig"],
      [26, "Mein Block, dritter Stock links, der mit den Tomaten auf dem Balkon #aminuteofhome"],
      [
        18,
        "The regional train slows down right before our village. You can see the kitchen light from it #aminuteofhome",
      ],
      [16, "Omas Zimmerpflanze ist mit mir umgezogen. Siebte Wohnung, sie kennt das schon #aminuteofhome"],
    ],
    pan: [
      [14, "Pfannkuchen wie bei Mama, nur schiefer #onepanwonders #rezept"],
      [20, "Shakshuka in the pan that survived three flat shares #onepanwonders"],
      [23, "Pfannenpizza. Ja, das geht. Nein, ich entschuldige mich nicht #onepanwonders"],
    ],
    animals: [
      [9, "Frieda hört ‚Feierabend‘ und steht schon an der Tür #goodanimals #hund"],
      [6, "Die Nachbarskatze hat jetzt einen Schlüssel, sozusagen #goodanimals"],
      [22, "Der Goldfisch meines Bruders, zu Gast für ‚zwei Wochen‘. Das war 2021 #goodanimals"],
    ],
    smallHours: [[2, "Kurz nach drei, Nachtschicht vorbei, die Stadt gehört mir #smallhours"]],
    misses: {
      tooLong: [2, "Der ganze Heimweg ungeschnitten. Bringt Tee mit #aminuteofhome"],
      photo: [15, "Regenschirme vor dem Haus, vom Küchenfenster aus #aminuteofhome"],
      tooOld: [13, "Bei meinen Eltern, kurz vor dem ersten Schnee #aminuteofhome"],
      tooShort: [12, "Kaffee. Balkon. Ruhe #aminuteofhome"],
    },
    everyday: [
      [3, "Ramen in Leipzig, ein Erfahrungsbericht"],
      [17, "Mit 34 Skateboard fahren lernen, Teil 1: Physiotherapie"],
      [25, "The last song of the last festival day"],
    ],
    series: { cover: 20, text: "Sauerteig, Tag {n}. Er lebt, er blubbert, er hat einen Namen #brot", from: 41 },
  },
  {
    openId: "demo-nora",
    displayName: "Nora Halvorsen",
    username: "nora.nord",
    bio: "Tromsø. Two months of no sun, ten of talking about it.",
    size: 24,
    home: [
      [10, "This is what is above our shed tonight. I only went out to get firewood #aminuteofhome #aurora"],
      [13, "One minute of the fjord not doing anything. My grandfather called this television #aminuteofhome"],
      [
        12,
        "Polar night, day one: candles, coffee, the good blanket. The whole street smells of cardamom #aminuteofhome",
      ],
      [28, "Mum paints one vase every winter so that there are flowers in January #aminuteofhome"],
    ],
    pan: [
      [1, "Cod, butter, lemon, one pan. The cod was swimming this morning #onepanwonders"],
      [14, "Svele from the ferry recipe. If you know, you know #onepanwonders #norway"],
      [20, "Everything left in the fridge before the trip, fried. Surprisingly a ten #onepanwonders"],
    ],
    animals: [
      [9, "He pulls a sledge for a living and is afraid of the vacuum cleaner #goodanimals"],
      [6, "Cat sees the sun for the first time since November. Respectfully stunned #goodanimals"],
      [22, "Our office has a fish and the fish has a calendar invite #goodanimals"],
    ],
    smallHours: [
      [10, "02:15 and it is green all over #smallhours #northernlights"],
      [6, "The moon is so bright that the cat casts a shadow #smallhours"],
    ],
    misses: {
      tooLong: [10, "Four minutes of northern lights, no cuts, no music, only my teeth chattering #aminuteofhome"],
      photo: [13, "Six pictures of the same mountain, one per month #aminuteofhome"],
      tooOld: [18, "The train stops for a reindeer. Nobody looks up from their knitting #aminuteofhome"],
      tooShort: [8, "The beach. Yes, that is ice #aminuteofhome"],
    },
    everyday: [
      [24, "It rained sideways, so we took the umbrella for a walk"],
      [11, "Portrait of a woman who has just sat in a sauna"],
      [0, "Midnight sun run. It is 23:50, I promise"],
    ],
    series: { cover: 8, text: "Ice bath {n}. It does not get easier, it gets funnier", from: 17 },
  },
];
