"""What the rules say that find organisations, places, projects and campaigns: for the rule book."""

from transforms.entities import brands, buildings, campaigns, organisations, organs, places, projects

NAME_RULES = (
    (organisations.ENDING, "It ends as an organisation does (`局`, `有限公司`), and where it begins was weighed."),
    (organs.LEVEL, "An organ that each level has: `区委`, `市政府`."),
    (organs.NATIONAL, "An organ or firm of the whole country, or a party with its branch: `国务院`, `中国邮政`."),
    (organs.LOCAL_BODY, "What a place has one of, right behind it: `大堰镇供销社`."),
    (brands.BRANDED, "A company by its own characters and its trade: `恒岳铝业`, `由赣鼎陶瓷冠名`."),
    (organs.NUMBERED, "A numbered bureau of a builder of railways and the like: `中铁十一局`."),
    (organs.BRACKETED, "A company with its place in brackets: `远澈新材料（云岭）有限公司`."),
    (
        brands.SHORT,
        "The first words of a company that its article names in full, or its own two characters and its trade.",
    ),
    (organisations.LISTED.rule_id, "In a list that is called one of organisations: `甲公司、乙石墨等企业`."),
    (places.TABLE, "The full name of a division: `洛阳市`."),
    (places.SHORT, "The short name of a province or city: `河南`."),
    (places.ENDING, "It ends as a place does (`村`, `路`), and where it begins was weighed."),
    (
        places.HAMLET,
        "A village that no table has, right behind a township or where somebody lives: `板劳屯`, `绕道麻柳湾`.",
    ),
    (places.ROAD, "A road that ends with `道`, or one in a row of roads: `新华道`, `建业路、盐店巷`."),
    (places.ESTATES, "A settlement with the number of a house behind it: `泰和家园6号楼`."),
    (places.ZONE, "A zone that is governed as a district: `高新区`."),
    (places.REGION, "A region of several provinces or cities: `长三角`."),
    (places.WITHOUT_LEVEL, "The name of a place that its article prints in full more than once, without its level."),
    (places.LISTED.rule_id, "In a list that is called one of places: `望杏、槐台两个街道`."),
    (projects.PARK, "It ends as a park or zone does (`产业园`) and has characters of its own."),
    (projects.WORK, "It ends as works do (`项目`, `生产线`) and has characters of its own."),
    (projects.TOLD, "A sentence begins with it and tells what it costs, who builds it or where it lies."),
    (projects.QUOTED, "A park whose own name is quoted: `“澄心”文化产业园`."),
    (buildings.EXTENSION, "What is built for an organisation: `县中医院新院区`, `龙泉路小学扩建项目`."),
    (buildings.BUILT, "Named as an organisation, and the text says that it is built: `援建的瓦岭村粮食烘干中心`."),
    (projects.LISTED.rule_id, "In a list that is called one of projects."),
    *((rule.id, rule.says) for rule in campaigns.RULES),
    (campaigns.DAYS, "Launched, and told to last a hundred days: `开展电动车整治百日会战`."),
    (campaigns.PAIRED, "Quoted beside a term of the same length: `“开门红”“全年红”`."),
)
