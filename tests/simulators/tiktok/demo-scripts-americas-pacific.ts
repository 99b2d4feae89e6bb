import type { DemoScript } from "./demo-script";

export const americanAndPacificScripts: readonly DemoScript[] = [
  {
    openId: "demo-lucia",
    displayName: "Lucía Herrera",
    username: "lucia.herrera.mx",
    bio: "Oaxaca. Cocino, bailo, llego tarde.",
    size: 53,
    home: [
      [26, "Mi cuadra: la señora de los tamales, el perro sin nombre y la música a todas horas #aminuteofhome #oaxaca"],
      [4, "My parents dance in the kitchen when they think nobody films. Sorry, mamá #aminuteofhome"],
      [16, "El patio de mi abuela. Le corta una hoja a cada planta y le da las gracias #aminuteofhome"],
      [0, "Un minuto en la azotea, cuando baja el sol y suben los vecinos #aminuteofhome"],
      [
        12,
        "Me pidieron un minuto de mi casa y no supe por dónde empezar, así que empecé por la mesa. En esta mesa hice la tarea, mi papá arregló tres radios, mi tía lloró cuando se fue y volvió a llorar cuando regresó. Aquí se sirve el café a las seis de la mañana y otra vez a las seis de la tarde, y si llegas a otra hora también hay. La pata de atrás está coja desde el temblor y nadie la quiere arreglar, porque entonces ya no sabríamos quién se sienta dónde. Si escuchan un golpe al fondo es mi abuela que dice que ya basta de filmar y que se va a enfriar. Y si escuchan una risa es mi hermano, que prometió quedarse callado. Gracias por preguntar por mi casa. Vengan cuando quieran, hay lugar. #aminuteofhome",
      ],
    ],
    pan: [
      [20, "Huevos en salsa, un sartén, cero paciencia #onepanwonders #cocinafacil"],
      [1, "Arroz con limón, the dish that got me through university #onepanwonders"],
      [23, "Tlayuda de sartén para quien no tiene comal. Perdón, abuela #onepanwonders"],
    ],
    animals: [
      [9, "Se llama Taco. Sabe que es el favorito #goodanimals"],
      [6, "La gata del mercado cobra renta #goodanimals"],
      [22, "El pez de mi sobrina ya tiene más seguidores que yo #goodanimals"],
    ],
    smallHours: [
      [25, "Las cuatro de la mañana y la banda todavía no se cansa #smallhours"],
      [24, "Lluvia, farol, tacos #smallhours"],
    ],
    misses: {
      tooLong: [7, "La puerta de la abuela, la historia completa, sírvanse algo #aminuteofhome"],
      photo: [28, "Las flores del altar de este año #aminuteofhome"],
      tooOld: [27, "El camino al pueblo de mi papá #aminuteofhome"],
      tooShort: [21, "El puente, nueve segundos, ya vámonos #aminuteofhome"],
    },
    everyday: [
      [14, "Pancakes for twelve people with one stove"],
      [18, "Autobús nocturno, capítulo mil"],
      [11, "Get ready with me pero se fue la luz"],
    ],
    series: { cover: 4, text: "Aprendiendo son jarocho, día {n}. Ya casi suena", from: 60 },
  },
  {
    openId: "demo-malik",
    displayName: "Malik Johnson",
    username: "malik.makes",
    bio: "Baltimore. Rowhouses, bread, one very large dog.",
    size: 47,
    home: [
      [5, "Marble steps. My grandmother scrubbed these every Saturday for forty years, so today I did #aminuteofhome"],
      [26, "My block at golden hour. Wave back if Mr. Curtis waves #aminuteofhome #baltimore"],
      [17, "The ramp we built out of the old church door. The pastor helped #aminuteofhome"],
      [21, "The bridge on the way home. I call my mom here every single day #aminuteofhome"],
      [
        28,
        "So everybody keeps asking about the vase in the window. Here is the whole thing. My grandmother bought it at a yard sale in 1981 for two dollars and told everybody it was from Italy. When she passed, six people came to the house separately to ask about the Italian vase. Nobody wanted the silver, nobody wanted the car. We did a raffle, I won, I have not slept well since. Last month I finally turned it over and there is a sticker underneath, and the sticker says, in her handwriting, 'I know. Keep the story.' So I am keeping the story. One minute of the window it stands in, the light comes at about four, and the flowers are from the lady across the street who thinks it is from Italy. #aminuteofhome",
      ],
    ],
    pan: [
      [23, "Cast iron pizza, eleven minutes, no oven mitt (mistake) #onepanwonders"],
      [14, "Sunday stack. The syrup is the recipe #onepanwonders"],
      [20, "Crab and tomatoes in one pan, do not tell my uncle about the tomatoes #onepanwonders"],
    ],
    animals: [
      [9, "110 pounds. Scared of balloons #goodanimals #dogsof"],
      [6, "The bodega cat has a name tag and a shift #goodanimals"],
      [22, "Third grade class fish, on vacation at our place, living large #goodanimals"],
    ],
    smallHours: [[2, "Riding home from the late shift, every light green for once in my life #smallhours"]],
    misses: {
      tooLong: [0, "Full tour of the house we grew up in, long version #aminuteofhome"],
      photo: [11, "Family portraits, 1978 to now, swipe slowly #aminuteofhome"],
      tooOld: [15, "Umbrella season on our street #aminuteofhome"],
      tooShort: [12, "Porch. Coffee. Nine seconds #aminuteofhome"],
    },
    everyday: [
      [19, "Open mic, verse two, forgot everything, kept going"],
      [3, "Trying to make broth before work: a tragedy in three parts"],
      [13, "Nobody told me mountains are quiet"],
      [25, "This crowd!"],
    ],
    series: { cover: 20, text: "Bread {n}. Crumb shot at the end, be honest", from: 73 },
  },
  {
    openId: "demo-tane",
    displayName: "Tāne Parata",
    username: "tane.parata",
    bio: "Gisborne. Surf, kai, whānau.",
    size: 18,
    home: [
      [8, "The break at the end of our road. One minute, one set, then school run #aminuteofhome #aotearoa"],
      [13, "That hill has our name and we have its. Morning fog doing its thing #aminuteofhome"],
      [
        10,
        "Nan asked me to film the tent, because the cousins overseas want to see that we still do this. So: every year, first clear week, everybody who can come comes. There is one rule, you bring something you made. Last year it was mostly chutney. The tent is older than I am and has been patched by four people, you can tell whose patch is whose by how straight it is. At night someone always says they can see a satellite and someone else says it is a plane and then it goes quiet, and that is the bit I would like to send you. You cannot hear it on the video, because of the wind, and because uncle snores. But it is there. If you are far away tonight: we left the torch on for you. #aminuteofhome",
      ],
      [4, "Kitchen dance with my daughter. She leads #aminuteofhome"],
    ],
    pan: [
      [1, "Fish, lemon, butter, beach, one pan. Caught at seven, eaten at eight #onepanwonders"],
      [14, "Pikelets in Nan's pan. The pan has rules #onepanwonders"],
      [3, "Boil-up for one, in a frying pan, forgive me #onepanwonders"],
    ],
    animals: [
      [9, "Best farm dog in the district, has never once worked #goodanimals"],
      [6, "The cat that adopted the whole street. Eats at five houses #goodanimals"],
      [22, "Kids said he looks sad, so we got him a plant #goodanimals"],
    ],
    smallHours: [[10, "Three in the morning, no wind, all of the stars #smallhours"]],
    misses: {
      tooLong: [8, "The whole session from the dunes, three minutes #aminuteofhome"],
      photo: [27, "Dunes, four seasons, swipe #aminuteofhome"],
      tooOld: [0, "First sunrise of the year from our hill #aminuteofhome"],
      tooShort: [18, "Train! We have a train! #aminuteofhome"],
    },
    everyday: [
      [17, "My son drops in for the first time. I was not calm"],
      [21, "Big city, bigger bridge, small lunch"],
    ],
    series: { cover: 8, text: "Dawn patrol {n}", from: 301 },
  },
];
