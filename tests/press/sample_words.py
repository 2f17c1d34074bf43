"""The sample office's words in Russian and Chinese, by what it says in English."""

# ruff: noqa: E501
# The sentences of two languages stand on lines of their own.

from __future__ import annotations

IN_RUSSIAN_AND_CHINESE = {
    "Embassy of Orsemund": ("Посольство Орсемунда", "奥瑟蒙德大使馆"),
    "in Ostrevell": ("в Островелле", "驻奥斯特雷韦尔"),
    "14 Chandlers’ Quay, Tessmark": ("Тессмарк, набережная Свечников, 14", "泰斯马克，灯烛码头14号"),
    "Speeches, interviews, articles": ("Выступления, интервью, статьи", "讲话、采访、文章"),
    "Statements": ("Заявления", "声明"),
    "Press releases": ("Сообщения для прессы", "新闻稿"),
    "Averholm": ("Аверхольм", "阿弗霍尔姆"),
    "Tessmark": ("Тессмарк", "泰斯马克"),
    "Consular queries": ("Консульские вопросы", "领事咨询"),
    "Emergency, day and night": ("Экстренная связь, круглосуточно", "紧急求助，昼夜服务"),
    "Founders’ Day": ("День основателей", "建国先贤日"),
    "The country, its embassy and all persons here are invented.": (
        "Страна, её посольство и все упомянутые лица вымышлены.",
        "本站所涉国家、使馆及人物均属虚构。",
    ),
    "Oriel Tavenmark": ("Ориэль Тавенмарк", "奥丽尔·塔文马克"),
    "Anselm Orrevane": ("Ансельм Орревейн", "安瑟姆·奥雷文"),
    "Ambassador of Orsemund in Ostrevell": ("Посол Орсемунда в Островелле", "奥瑟蒙德驻奥斯特雷韦尔大使"),
    "Director of the Tide Office": ("Директор Службы приливов", "海潮局局长"),
    "Minister of Ports": ("Министр портов", "港务部长"),
    "Poems from the outer islands, read aloud": ("Вечер чтения: стихи дальних островов", "外岛诗歌朗诵会"),
    "Talks on the herring season, second round": ("Переговоры о лове сельди, второй раунд", "青鱼渔季会谈第二轮"),
    "People": ("Лица", "人物"),
    "Everybody who speaks here": ("Все, кто здесь говорит", "所有讲话人"),
    "Tide table 2027": ("Таблица приливов на 2027 год", "2027年潮水表"),
    "The herring talks, second round": ("Переговоры о сельди, второй раунд", "青鱼会谈第二轮"),
    "In an emergency": ("В чрезвычайной ситуации", "紧急情况"),
    "Storm on the Sound: what to do": ("Шторм в проливе: что делать", "海峡风暴：应对须知"),
    "Ambassador Oriel Tavenmark replies to the programme Harbour Hour, Tessmark, 4 March 2027": (
        "Посол Ориэль Тавенмарк отвечает на вопросы программы «Портовый час», Тессмарк, 4 марта 2027",
        "奥丽尔·塔文马克大使接受《港口时间》节目采访，泰斯马克，2027年3月4日",
    ),
    "The second answer named 12 April as the day on which the talks open. It is 2 April.": (
        "Во втором ответе началом переговоров было названо 12 апреля. Верная дата — 2 апреля.",
        "第二个回答将会谈开始日期误作4月12日，应为4月2日。",
    ),
    "Statement as the winter herring season opens in the Sound": (
        "Заявление в связи с открытием зимнего лова сельди в проливе",
        "关于海峡冬季青鱼渔季开始的声明",
    ),
    "When the night boat sails after the clocks change": (
        "Когда отходит ночной паром после перевода часов",
        "时钟调整后夜航渡轮的开船时间",
    ),
    "Orsemund and Ostrevell will keep their lighthouse archives together": (
        "Орсемунд и Островелл будут вместе хранить архивы маяков",
        "奥瑟蒙德与奥斯特雷韦尔将共同保管灯塔档案",
    ),
    "Ambassador Oriel Tavenmark replies to the programme Harbour Hour": (
        "Посол Ориэль Тавенмарк отвечает на вопросы программы «Портовый час»",
        "奥丽尔·塔文马克大使接受《港口时间》节目采访",
    ),
    "Forty berths for pupils of navigation in the spring term": (
        "Сорок мест для учеников навигационной школы на весну",
        "春季学期为航海学员提供四十个铺位",
    ),
    "What the harbour masters told each other": ("Что сказали друг другу капитаны портов", "两位港务长的对谈"),
    "Why small islands build large libraries": (
        "Зачем маленькие острова строят большие библиотеки",
        "小岛为何要建大图书馆",
    ),
    "A tide table in three languages": ("Таблица приливов на трёх языках", "三种语言的潮水表"),
    "On the provisional timetable": ("О временном расписании", "关于临时时刻表"),
    "A year of the ferry: what two harbours have learned": (
        "Год парома: чему научились две гавани",
        "渡轮一年：两个港口学到了什么",
    ),
    "A timetable, the Ambassador told the harbour masters of both coasts, is a promise that two countries renew four times a day.": (
        "Расписание, сказала посол капитанам портов обоих берегов, — это обещание, которое две страны возобновляют четыре раза в день.",
        "大使对两岸的港务长们说，时刻表是两国每天四次重申的承诺。",
    ),
    "The Northern Light leaves Averholm.": (
        "«Северное сияние» выходит из Аверхольма.",
        "“北极光”号驶离阿弗霍尔姆。",
    ),
    "A linocut: a white ferry on dark water, a lighthouse on the left, a low sun.": (
        "Линогравюра: белый паром на тёмной воде, слева маяк, низкое солнце.",
        "麻胶版画：深色水面上的白色渡轮，左侧有灯塔，低垂的太阳。",
    ),
    "Linocut: Embassy of Orsemund": ("Линогравюра: Посольство Орсемунда", "版画：奥瑟蒙德大使馆"),
    "Petra Halvane": ("Петра Хальване", "佩特拉·哈尔瓦内"),
    "Radio Tessmark": ("Радио Тессмарка", "泰斯马克电台"),
    "Radio Tessmark, live": ("Радио Тессмарка, прямой эфир", "泰斯马克电台直播"),
    "Ambassador": ("Посол", "大使"),
    "What is planned, for whom, and by when one should write to us.": (
        "Что запланировано, для кого и до какого дня нам следует написать.",
        "计划内容、面向人群以及来信截止日期。",
    ),
    "It was provisional and has been replaced.": (
        "Оно было временным, вместо него действует новое.",
        "该时刻表为临时安排，现已被取代。",
    ),
    "Until the linkspan is mended the boat will sail twice a day, at eight and at four.": (
        "Пока не починят аппарель, паром будет ходить дважды в день, в восемь и в шестнадцать часов.",
        "在跳板修复之前，渡轮每天开两班，分别为八时和十六时。",
    ),
    "Storm on the Sound: no boats before Thursday.": (
        "Шторм в проливе: паромов не будет до четверга.",
        "海峡风暴：周四前停航。",
    ),
    "Why the boat sails four times": ("Почему паром ходит четыре раза", "为何每天四班渡轮"),
    "A year ago four sailings a day looked like a gamble. You have the figures on your desk now. Was it one?": (
        "Год назад четыре рейса в день казались риском. Теперь цифры у вас на столе. Был ли это риск?",
        "一年前，每天四班航行看起来像一场赌博。现在数字就在您的案头。那是赌博吗？",
    ),
    "Only to people": (
        "Только для тех, кто никогда не видел причала в шесть утра. Паром перевозил пекарей, духовой оркестр и дважды — целую школу. Он выходил вовремя во все дни, кроме одиннадцати.",
        "只有从未在清晨六点看过码头的人才会这么想。渡轮运送过面包师、一支铜管乐队，还有两次运送了整所学校的师生。全年只有十一天未能在整点后四分钟内启航。",
    ),
    "Nobody had thought": (
        "О велосипедах никто не подумал. Предполагалось двенадцать крюков, теперь их девяносто, и в июне не хватит и этого.",
        "谁也没有想到自行车。原计划设十二个挂钩，现在有九十个，到六月仍会不够用。",
    ),
    "The herring talks": ("Переговоры о сельди", "青鱼会谈"),
    "The skippers": (
        "Шкиперы хотят знать одно: что сдвинется во втором раунде — календарь или граница?",
        "与我交谈的船长们只想知道一件事：第二轮会谈要调整的是日历，还是界线？",
    ),
    "The calendar.": (
        "Календарь. Обе стороны считают одну и ту же рыбу и хотели бы делать это в одну и ту же неделю. Второго апреля мы положим на стол список дат, и ничего длиннее.",
        "是日历。双方数的是同样的鱼，也希望在同一周里数。这条界线平静了一个世纪，我们无意惊动它；4月2日我们提交的只是一份日期清单，再无其他。",
    ),
}
DAYS_SINCE_THE_FERRY = {
    "ru": {
        "one": "# день с первого рейса парома между Аверхольмом и Тессмарком",
        "few": "# дня с первого рейса парома между Аверхольмом и Тессмарком",
        "many": "# дней с первого рейса парома между Аверхольмом и Тессмарком",
        "other": "# дня с первого рейса парома между Аверхольмом и Тессмарком",
    },
    "zh": {"other": "阿弗霍尔姆与泰斯马克间渡轮首航至今已有#天"},
}
DAYS_OF_THE_READING_ROOM = {
    "ru": {
        "one": "# день, как две национальные библиотеки делят один читальный зал",
        "few": "# дня, как две национальные библиотеки делят один читальный зал",
        "many": "# дней, как две национальные библиотеки делят один читальный зал",
        "other": "# дня, как две национальные библиотеки делят один читальный зал",
    },
    "zh": {"other": "两国国家图书馆共用一间阅览室已有#天"},
}
CRISIS = {
    "ru": ["Оставайтесь там, где вы находитесь, пока причалы обоих городов не откроются снова."],
    "zh": ["在两市港务长重新开放码头之前，请留在原地。"],
}
SPEECH = {
    "fr": [
        {
            "kind": "paragraph",
            "text": "Capitaines des ports, commissaires de bord, boulangers : merci de vous être levés. Le discours entier se trouve sur notre ancien site.",
            "marks": [[95, 101, "strong"], [122, 133, "link", "https://old.orsemund.example/a?b=1&c=2"]],
        },
        {"kind": "heading", "level": 2, "text": "Ce que nous avons compté"},
        {"kind": "item", "ordered": True, "text": "Les traversées : 1 452, toutes à l’heure sauf onze."},
        {"kind": "item", "ordered": True, "text": "Les vélos : plus que de crochets."},
        {"kind": "item", "level": 2, "text": "en juin, quatre-vingt-dix par jour"},
        {"kind": "item", "level": 2, "text": "en janvier, trois"},
        {"kind": "quotation", "text": "Donnez-moi une marée et je serai à l’heure."},
        {
            "kind": "table",
            "header": True,
            "rows": [["Mois", "Traversées", "Passagers"], ["Janvier", "118", "9 402"], ["Février", "112", "10 118"]],
        },
        "Recommençons donc, et notons ce que nous apprenons.",
    ],
    "ar": [
        {
            "kind": "paragraph",
            "text": "السادة مديري الميناءين، والمحاسبين، والخبّازين: شكرًا لكم على استيقاظكم باكرًا. والخطاب كاملًا منشور في موقعنا السابق.",
            "marks": [[88, 94, "strong"], [104, 117, "link", "https://old.orsemund.example/a?b=1&c=2"]],
        },
        {"kind": "heading", "level": 2, "text": "ما أحصيناه"},
        {"kind": "item", "ordered": True, "text": "الرحلات: ١٬٤٥٢ رحلة، انطلقت كلها في موعدها إلا إحدى عشرة."},
        {"kind": "item", "ordered": True, "text": "الدراجات: أكثر مما أُعدّ لها من خطاطيف."},
        {"kind": "item", "level": 2, "text": "في يونيو تسعون في اليوم"},
        {"kind": "item", "level": 2, "text": "وفي يناير ثلاث"},
        {"kind": "quotation", "text": "أعطوني مدًّا آتِكم في الموعد."},
        {
            "kind": "table",
            "header": True,
            "rows": [["الشهر", "الرحلات", "الركاب"], ["يناير", "١١٨", "٩٬٤٠٢"], ["فبراير", "١١٢", "١٠٬١١٨"]],
        },
        "فلنعد الكرّة عامًا آخر، ولنكتب ما نتعلّمه.",
    ],
    "ru": [
        "Капитаны портов, казначеи, пекари: спасибо, что вы встали так рано.",
        {"kind": "heading", "level": 2, "text": "Что мы сосчитали"},
        {"kind": "item", "ordered": True, "text": "Рейсы: 1452, и все, кроме одиннадцати дней, вовремя."},
        {"kind": "item", "ordered": True, "text": "Велосипеды: больше, чем было крюков."},
        {"kind": "quotation", "text": "Дайте мне прилив, и я приду вовремя."},
        "Так сделаем же это ещё раз и запишем, чему научимся.",
    ],
    "zh": [
        "各位港务长、事务长、面包师：感谢大家这么早起床。",
        {"kind": "heading", "level": 2, "text": "我们的统计"},
        {"kind": "item", "ordered": True, "text": "航次：1452次，除十一天外均准点。"},
        {"kind": "item", "ordered": True, "text": "自行车：多得超出所有人准备的挂钩。"},
        {"kind": "quotation", "text": "给我一次潮水，我必准时到达。"},
        {
            "kind": "paragraph",
            "text": "让我们再来一年，并写下学到的东西。",
            "marks": [[8, 14, "emphasis"]],
        },
    ],
}
